import { Popover } from "@mantine/core";
import { useId, useState } from "react";
import styles from "./header.module.css";

/** How a reader comes from the simulation to the real chain. */
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
        <h2 id={title}>Your own node</h2>
        <p>Stop this program and start it with your Bitcoin Core node on the same machine:</p>
        <code tabIndex={0}>npm start -- --source core:http://127.0.0.1:8332</code>
        <p>or with its files, while it runs or not:</p>
        <code tabIndex={0}>npm start -- --source core-files:$HOME/.bitcoin</code>
        <p>
          docs/guide/connecting-a-node.md tells of nodes on other machines, of servers that speak Esplora, and more.
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
