import { Tooltip, UnstyledButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { shorten } from "../format/shorten.ts";
import styles from "./parts.module.css";

type Props = {
  /** What it is, for the label: "transaction id". */
  readonly what: string;
  readonly value: string;
};

type Outcome = "copied" | "refused" | undefined;

const TOLD_FOR_MS = 2_000;

/** A long value, shortened in the middle: shown whole on hover and focus, copied whole. */
export function CopyableHash({ what, value }: Props) {
  const [outcome, setOutcome] = useState<Outcome>();
  const copy = async (): Promise<void> => {
    setOutcome(await writeToClipboard(value));
    setTimeout(() => setOutcome(undefined), TOLD_FOR_MS);
  };
  const told = { copied: "Copied", refused: "The browser did not allow copying" };
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Tooltip
      label={outcome === undefined ? value : told[outcome]}
      classNames={{ tooltip: styles.wholeHash ?? "" }}
      events={{ hover: true, focus: true, touch: true }}
    >
      <UnstyledButton className={styles.hash} onClick={() => void copy()} aria-label={`Copy ${what} ${shorten(value)}`}>
        <span>{shorten(value)}</span>
        <Icon size={12} aria-hidden="true" />
        <span role="status" className={styles.unseen}>
          {outcome === undefined ? "" : told[outcome]}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
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
