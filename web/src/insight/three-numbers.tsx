import type { Insight } from "#contract";
import { formatCount, formatPercent } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import styles from "./insight.module.css";

/** Three numbers that are easily taken for each other, each with what it says and what it does not. */
export function ThreeNumbers({ insight: { surprise, confidence, evidence } }: { readonly insight: Insight }) {
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
                : `How often such claims came true${outcomes === null ? "" : `, by ${formatCount(outcomes)} outcomes`}. It says nothing of how unusual the value is.`}
          </dd>
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
