import { UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { memo, useId } from "react";
import { Link } from "@tanstack/react-router";
import type { Highlight, Insight } from "#contract";
import { FeedbackBar } from "../feedback/feedback-bar.tsx";
import { Claim } from "./claim.tsx";
import { EvidenceChips } from "./evidence-chips.tsx";
import { EvidenceDetails } from "./evidence-details.tsx";
import styles from "./feed.module.css";
import { Highlighted } from "./highlighted.tsx";
import { InsightMeta } from "./insight-meta.tsx";
import { Sparkline } from "./sparkline.tsx";
import { Surprise } from "./surprise.tsx";

type Props = {
  readonly insight: Insight;
  /** It came in while the page is open, and shows that once. */
  readonly arrived: boolean;
  /** Where searched words stand. */
  readonly highlight?: Highlight | undefined;
  /** Which of the list it is, from 1, and of how many; -1 where more are stored than are loaded. */
  readonly place: number;
  readonly of: number;
  /** Whether its reasons are unfolded. */
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
};

export const InsightCard = memo(function InsightCard(props: Props) {
  const { insight, arrived, highlight, place, of, open, onToggle } = props;
  const id = useId();
  const { category, status, statusReason } = insight;
  return (
    <article
      className={styles.card}
      data-status={status}
      data-arrived={arrived}
      aria-labelledby={`${id}-headline`}
      aria-posinset={place}
      aria-setsize={of}
    >
      <InsightMeta insight={insight} />
      <h2 id={`${id}-headline`} className={styles.headline}>
        <Link to="/insights/$id" params={{ id: insight.id }} className={styles.headlineLink}>
          <Highlighted text={insight.headline} pieces={highlight?.headline} />
        </Link>
      </h2>
      {status === "retracted" && <p className={styles.reason}>Retracted: {statusReason ?? "no reason was given"}</p>}
      <p className={styles.summary}>
        <Highlighted text={insight.summary} pieces={highlight?.summary} />
      </p>
      <Claim insight={insight} />
      <EvidenceChips evidence={insight.evidence} />
      <div className={styles.foot}>
        <Surprise surprise={insight.surprise} category={category} />
        <Sparkline insight={insight} />
        <UnstyledButton
          className={styles.why}
          aria-expanded={open}
          aria-controls={`${id}-why`}
          onClick={() => onToggle(insight.id)}
        >
          Why
          <ChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </div>
      <div id={`${id}-why`} hidden={!open}>
        {open && <EvidenceDetails insight={insight} />}
      </div>
      <FeedbackBar insight={insight} />
    </article>
  );
});
