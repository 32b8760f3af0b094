import { Link, useRouterState } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { ClosedMark } from "./closed-mark.tsx";
import { DESTINATIONS } from "./destinations.ts";
import { isCurrent } from "./is-current.ts";
import styles from "./navigation.module.css";

/** On a phone: the four places that are gone to most, within reach of a thumb, and all others behind the fifth. */
export function BottomBar() {
  const [open, setOpen] = useState(false);
  const location = useRouterState({ select: (state) => state.location });
  const items = (onPhone: boolean) => DESTINATIONS.filter((destination) => !onPhone || destination.onPhone);
  return (
    <nav className={styles.bottom} aria-label="Pages, on a phone">
      {items(true).map(({ word, icon: Icon, link }) => (
        <Link key={word} {...link} className={styles.place} data-current={isCurrent(link, location)}>
          <Icon size={20} aria-hidden="true" />
          {word}
        </Link>
      ))}
      <button type="button" className={styles.place} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Ellipsis size={20} aria-hidden="true" />
        More
      </button>
      <Dialog title="Pages" open={open} onClose={() => setOpen(false)}>
        <ul className={styles.list}>
          {items(false).map(({ word, icon: Icon, link }) => (
            <li key={word}>
              <Link {...link} onClick={() => setOpen(false)}>
                <Icon size={16} aria-hidden="true" />
                {word}
                <ClosedMark to={link.to} />
              </Link>
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  );
}
