import { Link, useRouterState } from "@tanstack/react-router";
import { ClosedMark } from "./closed-mark.tsx";
import { DESTINATIONS } from "./destinations.ts";
import { isCurrent } from "./is-current.ts";
import styles from "./navigation.module.css";

/** The pages in the header, where the window is wide enough. */
export function PageLinks() {
  const location = useRouterState({ select: (state) => state.location });
  return (
    <nav className={styles.pages} aria-label="Pages">
      {DESTINATIONS.filter(({ inHeader }) => inHeader !== "never").map(({ word, link, inHeader }) => (
        <Link
          key={word}
          {...link}
          className={styles.page}
          data-room={inHeader}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={isCurrent(link, location) ? "page" : undefined}
        >
          {word}
          <ClosedMark to={link.to} />
        </Link>
      ))}
    </nav>
  );
}
