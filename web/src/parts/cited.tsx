import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatCount } from "../format/numbers.ts";
import { CopyableHash } from "./copyable-hash.tsx";
import styles from "./parts.module.css";

/** What a statement rests on leads to its page, wherever it is named. */
export function CitedBlock({ height, children }: { readonly height: number; readonly children?: ReactNode }) {
  return (
    <Link className={styles.cited} to="/blocks/$height" params={{ height: String(height) }}>
      {children ?? formatCount(height)}
    </Link>
  );
}

export function CitedEntity({ actor, children }: { readonly actor: string; readonly children?: ReactNode }) {
  return (
    <Link className={styles.cited} to="/entities/$actor" params={{ actor }}>
      {children ?? actor}
    </Link>
  );
}

type Party = { readonly actor: string } | null;

/** @param none what is said where no label tells who it is */
export function CitedParty({ party, none }: { readonly party: Party; readonly none: string }) {
  return party === null ? none : <CitedEntity actor={party.actor} />;
}

/** A transaction id that leads to what is stored of the transaction. */
export function CitedTransaction({ txid }: { readonly txid: string }) {
  return <CopyableHash what="transaction id" value={txid} to={`/transactions/${txid}`} />;
}

/** A block's hash that leads to the block. */
export function CitedBlockHash({ hash, what = "block hash" }: { readonly hash: string; readonly what?: string }) {
  return <CopyableHash what={what} value={hash} to={`/blocks/${hash}`} />;
}
