import { Button } from "@mantine/core";
import { OUTCOMES, useCopied } from "./use-copied.ts";

/** Copies what is shown beside it. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [outcome, copy] = useCopied(text);
  return (
    <Button variant="default" size="sm" aria-label={`Copy ${what}`} onClick={copy}>
      <span role="status">{outcome === undefined ? "Copy" : OUTCOMES[outcome]}</span>
    </Button>
  );
}
