import { Popover } from "@mantine/core";
import { useId, useState } from "react";
import styles from "./header.module.css";

/** What a reader with blocks of their own can do today, and what cannot be done yet. */
export function ConnectNode() {
  const [open, setOpen] = useState(false);
  const title = useId();
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width={360}
      position="bottom"
      shadow="md"
      withinPortal
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={styles.link} aria-expanded={open} onClick={() => setOpen(!open)}>
          connect your node
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-labelledby={title}>
        <h2 id={title}>Your own blocks</h2>
        <p>This version reads a directory of blocks with the outputs that they spend. Stop this program, then:</p>
        <code tabIndex={0}>npm start -- --source dir:PATH</code>
        <p>
          docs/guide/connecting-a-node.md tells how to fetch such files from Bitcoin Core 30. Connecting to a running
          node is not built yet.
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
