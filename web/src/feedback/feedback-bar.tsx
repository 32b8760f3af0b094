import { useQuery } from "@tanstack/react-query";
import { Flag, MessageSquare } from "lucide-react";
import { useState } from "react";
import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Comments } from "./comments.tsx";
import { feedbackOf } from "./feedback-queries.ts";
import styles from "./feedback.module.css";
import { FlagForm } from "./flag-form.tsx";
import { RatingDistribution, RatingSummary } from "./rating-summary.tsx";
import { StarRating } from "./star-rating.tsx";

type Open = "comments" | "flag";

/** Stars, comments and flags of an insight in a line; the longer parts open over the page. */
export function FeedbackBar({ insight: { id, headline } }: { readonly insight: Pick<Insight, "id" | "headline"> }) {
  const { data } = useQuery(feedbackOf(id));
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const flags = data?.flags ?? 0;
  const flagged = (data?.mine.flags.length ?? 0) > 0;
  return (
    <div className={styles.bar}>
      <StarRating insightId={id} />
      <span className={styles.summary}>{data !== undefined && <RatingSummary ratings={data.ratings} />}</span>
      <button
        type="button"
        className={styles.action}
        aria-label={`Comments: ${data?.comments ?? 0}`}
        onClick={() => setOpen("comments")}
      >
        <MessageSquare size={16} aria-hidden="true" />
        {(data?.comments ?? 0) > 0 && formatCount(data?.comments ?? 0)}
      </button>
      <button
        type="button"
        className={styles.action}
        aria-label={`${flagged ? "Flag again: you flagged this insight" : "Flag this insight"}${flags === 0 ? "" : `. Flags: ${formatCount(flags)}`}`}
        data-flagged={flagged}
        onClick={() => setOpen("flag")}
      >
        <Flag size={16} aria-hidden="true" />
        {flags > 0 && formatCount(flags)}
      </button>
      <Dialog title="Ratings and comments" open={open === "comments"} onClose={close}>
        <div className={styles.dialog}>
          <p className={styles.about}>{headline}</p>
          {data !== undefined && <RatingDistribution ratings={data.ratings} />}
          <Comments insightId={id} />
        </div>
      </Dialog>
      <Dialog title="What is wrong with this insight?" open={open === "flag"} onClose={close}>
        <div className={styles.dialog}>
          <p className={styles.about}>{headline}</p>
          <FlagForm insightId={id} onDone={close} />
        </div>
      </Dialog>
    </div>
  );
}
