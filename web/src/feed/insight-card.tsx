import { UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { memo, useId, useState } from "react";
import type { Insight } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { ChainTime } from "../parts/chain-time.tsx";
import { CATEGORIES } from "./category.ts";
import { EvidenceChips, EvidenceDetails } from "./evidence.tsx";
import styles from "./feed.module.css";
import { Surprise } from "./surprise.tsx";

const STATUS_WORDS = { preliminary: "Preliminary", confirmed: "Confirmed", retracted: "Retracted" } as const;

export const InsightCard = memo(function InsightCard({ insight }: { readonly insight: Insight }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { icon: Icon, word } = CATEGORIES[insight.category];
  return (
    <article className={styles.card} data-status={insight.status} aria-labelledby={`${id}-headline`}>
      <div className={styles.meta}>
        <span className={styles.category} style={{ color: `var(--${insight.category})` }}>
          <Icon size={14} aria-hidden="true" />
          {word}
        </span>
        <ChainTime time={insight.blockTime} simulated={insight.simulated} />
        <span>block {formatCount(insight.height)}</span>
        {!ofSet(insight) && <span>{STATUS_WORDS[insight.status]}</span>}
        {insight.simulated && <span className={styles.badge}>simulated network</span>}
      </div>
      <h2 id={`${id}-headline`} className={styles.headline}>
        {insight.headline}
      </h2>
      {insight.status === "retracted" && <p className={styles.reason}>Retracted: {insight.statusReason}</p>}
      <p className={styles.summary}>{insight.summary}</p>
      <EvidenceChips evidence={insight.evidence} />
      <div className={styles.foot}>
        <Surprise surprise={insight.surprise} />
        <UnstyledButton
          className={styles.why}
          aria-expanded={open}
          aria-controls={`${id}-why`}
          onClick={() => setOpen(!open)}
        >
          Why
          <ChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </div>
      <div id={`${id}-why`} hidden={!open}>
        {open && <EvidenceDetails insight={insight} />}
      </div>
    </article>
  );
});

/** A block of a set cannot be confirmed by others on top of it; "Why" tells so. */
function ofSet({ status, statusReason }: Insight): boolean {
  return status === "preliminary" && statusReason !== null;
}
