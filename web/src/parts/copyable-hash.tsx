import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { shorten } from "../format/shorten.ts";
import { Hint } from "./hint.tsx";
import styles from "./parts.module.css";

type Props = {
  /** What it is, for the label: "transaction id". */
  readonly what: string;
  readonly value: string;
};

type Outcome = "copied" | "refused";

const TOLD_FOR_MS = 2_000;
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  copied: "Copied",
  refused: "The browser did not allow copying",
};

/** A long value, shortened in the middle: shown whole on hover and focus, copied whole. */
export function CopyableHash({ what, value }: Props) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), TOLD_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    void writeToClipboard(value).then(setOutcome);
  };
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Hint label={outcome === undefined ? value : OUTCOMES[outcome]} focus className={styles.wholeHash}>
      <UnstyledButton className={styles.hash} onClick={copy} aria-label={`Copy ${what} ${shorten(value)}`}>
        <span>{shorten(value)}</span>
        <Icon size={12} aria-hidden="true" />
        <VisuallyHidden component="span" role="status">
          {outcome === undefined ? "" : OUTCOMES[outcome]}
        </VisuallyHidden>
      </UnstyledButton>
    </Hint>
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
