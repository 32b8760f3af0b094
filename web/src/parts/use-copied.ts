import { useEffect, useState } from "react";

type Outcome = "copied" | "refused";

const TOLD_FOR_MS = 2_000;

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  copied: "Copied",
  refused: "The browser did not allow copying",
};

/** What came of copying, for a moment, and how to copy. */
export function useCopied(text: string): readonly [Outcome | undefined, () => void] {
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
