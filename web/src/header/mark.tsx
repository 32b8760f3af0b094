import { Link } from "@tanstack/react-router";
import styles from "./header.module.css";

export function Mark() {
  return (
    <Link className={styles.mark} to="/dashboard" search={{}} aria-label="utxoIQ, dashboard">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
        <path
          d="M9 8v9a7 7 0 0 0 14 0v-2"
          fill="none"
          stroke="var(--on-accent)"
          strokeWidth="3.4"
          strokeLinecap="round"
        />
        <circle cx="23" cy="9.2" r="2.4" fill="var(--on-accent)" />
      </svg>
      <span>
        utxo<b>IQ</b>
      </span>
    </Link>
  );
}
