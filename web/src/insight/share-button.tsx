import { Button, VisuallyHidden } from "@mantine/core";
import { Check, Link2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { Insight } from "#contract";

const TOLD_FOR_MS = 2_000;

/** Hands the address to the system's own sheet where there is one, else to the clipboard. */
export function ShareButton({ insight: { id, headline, simulated } }: { readonly insight: Insight }) {
  const [told, setTold] = useState("");
  useEffect(() => {
    if (told === "") return;
    const timer = setTimeout(() => setTold(""), TOLD_FOR_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const share = async (): Promise<void> => {
    const url = `${location.origin}/insights/${id}`;
    const title = simulated ? `${headline} (simulated network)` : headline;
    if (navigator.maxTouchPoints > 0 && "share" in navigator) {
      // Whoever closes the sheet has decided; there is nothing to tell.
      await navigator.share({ title, url }).catch(() => undefined);
      return;
    }
    const copied = navigator.clipboard?.writeText(url) ?? Promise.reject(new Error("no clipboard"));
    await copied.then(
      () => setTold("Link copied"),
      () => setTold("The browser did not allow copying"),
    );
  };
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={told === "Link copied" ? <Check size={16} /> : <Link2 size={16} />}
      onClick={() => void share()}
    >
      {told === "" ? "Share" : told}
      <VisuallyHidden component="span" role="status">
        {told}
      </VisuallyHidden>
    </Button>
  );
}
