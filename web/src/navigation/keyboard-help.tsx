import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { DESTINATIONS } from "./destinations.ts";
import styles from "./navigation.module.css";
import { useKeys } from "./use-keys.ts";

/** Acts on the keys that work everywhere, and lists them at `?`. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  useKeys((keys) => {
    if (keys === "?") setOpen(true);
    const destination = DESTINATIONS.find(({ key }) => keys === `g ${key}`);
    if (destination !== undefined) void navigate(destination.link);
  });
  return (
    <Dialog title="Keys" open={open} onClose={() => setOpen(false)}>
      <dl className={styles.keys}>
        {DESTINATIONS.map(({ word, key }) => (
          <Keys key={word} keys={["g", key]} what={`Go to ${word}`} />
        ))}
        <Keys keys={["Ctrl", "K"]} what="Find a page, metric, entity, block or transaction" />
        <Keys keys={["+", "−", "←", "→", "0"]} what="On a chart: zoom in and out, move, show all" />
        <Keys keys={["?"]} what="Show these keys" />
        <Keys keys={["Esc"]} what="Close what is open" />
      </dl>
    </Dialog>
  );
}

type Props = { readonly keys: readonly string[]; readonly what: string };

function Keys({ keys, what }: Props) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </div>
  );
}
