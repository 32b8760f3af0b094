import { useTitle } from "../parts/use-title.ts";
import { SystemState } from "../tip/system-state.tsx";
import { TipStrip } from "../tip/tip-strip.tsx";
import styles from "./status.module.css";

/** How the program does: where the chain stands, and each component with its state and one figure. */
export function StatusTab() {
  useTitle("System status");
  return (
    <div className={styles.status}>
      <h1 className={styles.title}>System status</h1>
      <TipStrip />
      <SystemState />
    </div>
  );
}
