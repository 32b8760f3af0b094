import { Link } from "@tanstack/react-router";
import { StateMark } from "../parts/state-mark.tsx";
import { useSession } from "../server/use-session.ts";
import styles from "./header.module.css";

/** Said to whoever has to have codes and has none. */
export function CodesStrip() {
  if (useSession()?.lacksCodes !== true) return null;
  return (
    <section className={styles.quiet} aria-label="Codes">
      <p>
        <StateMark tone="warning" /> <strong>Codes</strong> beside the password are asked of you here: until you{" "}
        <Link to="/account" className={styles.link}>
          set them up
        </Link>{" "}
        you may do as much as a guest.
      </p>
    </section>
  );
}
