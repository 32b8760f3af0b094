import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatCount } from "../format/numbers.ts";
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
