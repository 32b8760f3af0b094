import { VisuallyHidden } from "@mantine/core";
import { ArrowUp } from "lucide-react";
import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import styles from "./feed.module.css";

type HeldProps = { readonly count: number; readonly onShow: () => void };

/** New insights wait here while someone reads further down, so that nothing moves under them. */
export function HeldPill({ count, onShow }: HeldProps) {
  if (count === 0) return null;
  return (
    <div className={styles.pillPlace}>
      <button type="button" className={styles.pill} onClick={onShow}>
        <ArrowUp size={14} aria-hidden="true" />
        {formatCount(count)} new
      </button>
    </div>
  );
}

type AnnouncementProps = { readonly newest: Insight | undefined; readonly held: number };

/** For screen readers, politely: what came in. */
export function Announcement({ newest, held }: AnnouncementProps) {
  const waiting = held === 0 ? "" : ` New insights that wait to be shown: ${formatCount(held)}.`;
  return (
    <VisuallyHidden aria-live="polite">
      {newest !== undefined && `New insight: ${newest.headline}.${waiting}`}
    </VisuallyHidden>
  );
}
