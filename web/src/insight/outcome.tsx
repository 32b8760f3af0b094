import { useQuery } from "@tanstack/react-query";
import type { Insight, InsightOutcome } from "#contract";
import { formatConfidence, formatCount } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import styles from "./insight.module.css";
import { outcomeOf } from "./insight-queries.ts";

/** What the insight claims about blocks to come, and what came. */
export function Outcome({ insight: { id, evidence, confidence } }: { readonly insight: Insight }) {
  const { data } = useQuery(outcomeOf(id));
  const { claim } = evidence;
  if (claim === null) return null;
  return (
    <Panel title="What it claims">
      <div className={styles.inner}>
        <p className={styles.claim}>{claim.text}</p>
        <p className={styles.muted}>
          {confidence === null
            ? "No confidence was stated: too few such claims were decided on this network."
            : `Stated with ${formatConfidence(confidence)} confidence.`}
        </p>
        {data !== undefined && <p className={styles.verdict}>{describe(data, claim.decidedAtHeight)}</p>}
      </div>
    </Panel>
  );
}

function describe({ state, outcome, resolvedAt }: InsightOutcome, decidedAtHeight: number): string {
  if (state === "withdrawn") return "Withdrawn: its block left the chain before it was decided.";
  if (outcome === null || resolvedAt === null)
    return `Open: decided by block ${formatCount(decidedAtHeight)} at the latest.`;
  const block = `block ${formatCount(resolvedAt.height)}`;
  if (outcome.type === "unknown") return `Undecided at ${block}: ${outcome.reason}. It counts neither way.`;
  if (outcome.type === "value") return `Decided by ${block}: it came to ${formatCount(outcome.value)}.`;
  return outcome.came ? `It came true, by ${block}.` : `It did not come true, by ${block}.`;
}
