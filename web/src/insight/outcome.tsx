import { useQuery } from "@tanstack/react-query";
import type { Insight, InsightOutcome } from "#contract";
import { formatConfidence, formatCount } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import styles from "./insight.module.css";
import { outcomeOf } from "./insight-queries.ts";

type Statement = InsightOutcome["statements"][number];

/** What the insight claims about blocks to come, what was claimed of what it was told with or goes on as, and what came. */
export function Outcome({ insight: { id, evidence, confidence } }: { readonly insight: Insight }) {
  const { data } = useQuery(outcomeOf(id));
  const { claim } = evidence;
  const others = data?.statements.filter(({ isOwn }) => !isOwn) ?? [];
  if (claim === null && others.length === 0) return null;
  return (
    <Panel title="What it claims">
      <div className={styles.inner}>
        {claim !== null && (
          <Claim
            text={claim.text}
            probability={confidence}
            verdict={data === undefined ? undefined : describe(data, claim.decidedAtHeight)}
          />
        )}
        {others.map((statement) => (
          <Claim key={keyOf(statement)} {...statement} verdict={describe(statement, statement.dueHeight)} />
        ))}
      </div>
    </Panel>
  );
}

type ClaimProps = {
  readonly text: string;
  readonly probability: number | null;
  readonly verdict: string | undefined;
};

function Claim({ text, probability, verdict }: ClaimProps) {
  return (
    <>
      <p className={styles.claim}>{text}</p>
      <p className={styles.muted}>
        {probability === null
          ? "No confidence was stated: too few such claims were decided on this network."
          : `Stated with ${formatConfidence(probability)} confidence.`}
      </p>
      {verdict !== undefined && <p className={styles.verdict}>{verdict}</p>}
    </>
  );
}

function keyOf({ kind, height, text }: Statement): string {
  return [kind, height, text].join(" ");
}

type Decided = Pick<InsightOutcome, "state" | "outcome" | "resolvedAt">;

function describe({ state, outcome, resolvedAt }: Decided, decidedAtHeight: number): string {
  if (state === "withdrawn") return "Withdrawn: its block left the chain before it was decided.";
  if (outcome === null || resolvedAt === null)
    return `Open: decided by block ${formatCount(decidedAtHeight)} at the latest.`;
  const block = `block ${formatCount(resolvedAt.height)}`;
  if (outcome.type === "unknown") return `Undecided at ${block}: ${outcome.reason}. It counts neither way.`;
  if (outcome.type === "value") return `Decided by ${block}: it came to ${formatCount(outcome.value)}.`;
  return outcome.came ? `It came true, by ${block}.` : `It did not come true, by ${block}.`;
}
