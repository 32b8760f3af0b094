import { useQuery } from "@tanstack/react-query";
import { Star } from "lucide-react";
import { useState } from "react";
import { feedbackOf, useRate } from "./feedback-queries.ts";
import styles from "./feedback.module.css";

const STARS = [1, 2, 3, 4, 5] as const;

/** One to five stars; the chosen one again withdraws. */
export function StarRating({ insightId }: { readonly insightId: string }) {
  const { data } = useQuery(feedbackOf(insightId));
  const rate = useRate(insightId);
  const [pointed, setPointed] = useState<number>();
  const mine = data?.mine.stars ?? null;
  const shown = pointed ?? mine ?? 0;
  return (
    <div className={styles.rating}>
      <div role="group" aria-label="Your rating" className={styles.stars} onPointerLeave={() => setPointed(undefined)}>
        {STARS.map((stars) => (
          <button
            key={stars}
            type="button"
            className={styles.star}
            aria-label={`${stars} of 5 stars`}
            aria-pressed={mine === stars}
            data-filled={stars <= shown}
            onPointerEnter={({ pointerType }) => pointerType === "mouse" && setPointed(stars)}
            onClick={() => rate.mutate(mine === stars ? null : stars)}
          >
            <Star size={16} aria-hidden="true" />
          </button>
        ))}
      </div>
      {rate.isError && (
        <span role="alert" className={styles.failed}>
          Not saved: {rate.error.message}
        </span>
      )}
    </div>
  );
}
