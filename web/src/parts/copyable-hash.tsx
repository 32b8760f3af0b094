import { Button, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { shorten } from "../format/shorten.ts";
import { Hint } from "./hint.tsx";
import styles from "./parts.module.css";

type Props = {
  /** What it is, for the label: "transaction id". */
  readonly what: string;
  readonly value: string;
  /** Its page, where it has one; the button beside it copies. */
  readonly to?: string;
};

type Outcome = "copied" | "refused";

const TOLD_FOR_MS = 2_000;
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  copied: "Copied",
  refused: "The browser did not allow copying",
};

/** A long value, shortened in the middle: shown whole on hover and focus, copied whole. */
export function CopyableHash({ what, value, to }: Props) {
  const [outcome, copy] = useCopied(value);
  const Icon = outcome === "copied" ? Check : Copy;
  const button = (
    <Hint label={outcome === undefined ? value : OUTCOMES[outcome]} focus className={styles.wholeHash}>
      <UnstyledButton className={styles.hash} onClick={copy} aria-label={`Copy ${what} ${shorten(value)}`}>
        {to === undefined && <span>{shorten(value)}</span>}
        <Icon size={12} aria-hidden="true" />
        <VisuallyHidden component="span" role="status">
          {outcome === undefined ? "" : OUTCOMES[outcome]}
        </VisuallyHidden>
      </UnstyledButton>
    </Hint>
  );
  if (to === undefined) return button;
  return (
    <span className={styles.linkedHash}>
      <Hint label={value} className={styles.wholeHash}>
        <Link to={to} className={`${styles.hash} ${styles.cited}`}>
          {shorten(value)}
        </Link>
      </Hint>
      {button}
    </span>
  );
}

/** A transaction id that leads to what is stored of the transaction. */
export function CitedTransaction({ txid }: { readonly txid: string }) {
  return <CopyableHash what="transaction id" value={txid} to={`/transactions/${txid}`} />;
}

/** A block's hash that leads to the block. */
export function CitedBlockHash({ hash, what = "block hash" }: { readonly hash: string; readonly what?: string }) {
  return <CopyableHash what={what} value={hash} to={`/blocks/${hash}`} />;
}

/** Copies what is shown beside it. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [outcome, copy] = useCopied(text);
  return (
    <Button variant="default" size="sm" aria-label={`Copy ${what}`} onClick={copy}>
      <span role="status">{outcome === undefined ? "Copy" : OUTCOMES[outcome]}</span>
    </Button>
  );
}

/** What came of copying, for a moment, and how to copy. */
function useCopied(text: string): readonly [Outcome | undefined, () => void] {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), TOLD_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return [outcome, () => void writeToClipboard(text).then(setOutcome)];
}

async function writeToClipboard(text: string): Promise<Outcome> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    // Missing without https, or denied: either way the reader is told and can select the text instead.
    return "refused";
  }
}
