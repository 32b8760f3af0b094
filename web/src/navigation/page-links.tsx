import { Link } from "@tanstack/react-router";
import { ClosedMark } from "./closed-mark.tsx";
import { DESTINATIONS } from "./destinations.ts";
import styles from "./navigation.module.css";

/** The pages in the header, where the window is wide enough. */
export function PageLinks() {
  return (
    <nav className={styles.pages} aria-label="Pages">
      {DESTINATIONS.filter(({ inHeader }) => inHeader).map(({ word, link }) => (
        <Link key={word} {...link} className={styles.page} activeOptions={{ includeSearch: false }}>
          {word}
          <ClosedMark to={link.to} />
        </Link>
      ))}
    </nav>
  );
}
