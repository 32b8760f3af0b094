import { Link } from "@tanstack/react-router";
import { useStatus } from "../live/use-status.ts";
import styles from "./header.module.css";

/** While it is not known yet what network this is, the strip's room is kept, so that the page does not jump. */
export function SimulatedStrip() {
  const simulated = useStatus((status) => status.simulated);
  if (simulated === false) return null;
  return (
    <section className={styles.strip} aria-label="Simulated network" data-known={simulated === true}>
      <p>
        Simulated network<span className={styles.detail}>: fictional entities and amounts</span>{" "}
        <span aria-hidden="true">·</span>{" "}
        <Link to="/setup" className={styles.link}>
          connect your node
        </Link>
      </p>
    </section>
  );
}
