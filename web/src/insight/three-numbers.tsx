import { useQuery } from "@tanstack/react-query";
import type { Insight } from "#contract";
import { formatCount, formatPercent } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import { soFar } from "../scorecard/so-far.ts";
import { scorecard } from "../server/queries.ts";
import { useMay } from "../server/use-session.ts";
import styles from "./insight.module.css";

/** Three numbers that are easily taken for each other, each with what it says and what it does not. */
export function ThreeNumbers({ insight: { kind, surprise, confidence, evidence } }: { readonly insight: Insight }) {
  const coverage = evidence.madeBy?.labelCoverage ?? null;
  const outcomes = evidence.claim?.outcomes ?? null;
  return (
    <Panel title="Its three numbers">
      <dl className={styles.numbers}>
        <div>
          <dt>Surprise</dt>
          <dd className={styles.number}>{surprise === null ? "not ranked" : formatPercent(surprise.percentile)}</dd>
          <dd>
            {surprise === null
              ? "The kind compares nothing, or too few earlier blocks are stored."
              : `How unusual the value is: it ranks above so many of ${formatCount(surprise.sampleSize)} earlier blocks. It says nothing of what comes.`}
          </dd>
        </div>
        <div>
          <dt>Confidence</dt>
          <dd className={styles.number}>{confidence === null ? "none stated" : formatPercent(confidence * 100)}</dd>
          <dd>
            {evidence.claim === null
              ? "Nothing is claimed of blocks to come, so nothing is open."
              : confidence === null
                ? "Too few such claims were decided on this network to say how often they come true."
                : `How often such claims came true${outcomes === null ? "" : `, by ${formatCount(outcomes)} outcomes`}${explainAlike(evidence.claim.alike)}. It says nothing of how unusual the value is.`}
          </dd>
          {confidence !== null && <SoFar kind={kind} confidence={confidence} />}
        </div>
        <div>
          <dt>Coverage</dt>
          <dd className={styles.number}>{coverage === null ? "not known" : formatPercent(coverage * 100)}</dd>
          <dd>
            {coverage === null
              ? "How much of the block's value has an owner that labels know was not kept."
              : "Share of the block's value whose owner the labels know. What flows between others is not seen."}
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

type Alike = NonNullable<Insight["evidence"]["claim"]>["alike"];

/** The factor behind a confidence: what became of claims that passed their level by as much. */
function explainAlike(alike: Alike): string {
  return alike === null
    ? ""
    : `; of those that passed their level by about as much, ${formatCount(alike.came)} of ${formatCount(alike.count)} did`;
}

/** How often claims of this kind that were said to be about as sure came true until now, by this node's scorecard. */
function SoFar({ kind, confidence }: Pick<Insight, "kind"> & { readonly confidence: number }) {
  const mayRead = useMay("chain") === true;
  const { data } = useQuery({ ...scorecard, enabled: mayRead });
  const bin = soFar(data?.kinds ?? [], kind, confidence);
  return bin === undefined ? null : (
    <dd>
      {`So far ${formatPercent(bin.observed * 100)} of ${formatCount(bin.count)} claims of this kind about as sure came true on this network.`}
    </dd>
  );
}
