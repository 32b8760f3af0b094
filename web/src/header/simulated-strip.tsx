import { useStatus } from "../live/use-status.ts";
import { ConnectNode } from "./connect-node.tsx";
import styles from "./header.module.css";

export function SimulatedStrip() {
  const simulated = useStatus((status) => status.simulated);
  if (simulated !== true) return null;
  return (
    <section className={styles.strip} aria-label="Simulated network">
      <p>
        Simulated network: fictional entities and amounts <span aria-hidden="true">·</span> <ConnectNode />
      </p>
    </section>
  );
}
