import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Insight, InsightExplanation } from "#contract";
import { formatCount, formatPercent } from "../format/numbers.ts";
import { formatQuantity } from "../format/quantity.ts";
import { explainUsual } from "../format/usual.ts";
import { Panel } from "../parts/panel.tsx";
import styles from "./insight.module.css";
import { explanationOf } from "./insight-queries.ts";

/** Three numbers that are easily taken for each other, each with what it says, what it does not, and what lies behind it. */
export function ThreeNumbers({ insight: { id, kind, evidence } }: { readonly insight: Insight }) {
  const { data } = useQuery(explanationOf(id));
  if (data === undefined) return null;
  return (
    <Panel title="Its three numbers">
      <dl className={styles.numbers}>
        <Surprise {...data.surprise} kind={kind} />
        <Attribution {...data.attribution} />
        <Confidence {...data.confidence} hasClaim={evidence.claim !== null} />
      </dl>
    </Panel>
  );
}

type NumberProps = { readonly name: string; readonly value: string; readonly children: ReactNode };

function OneNumber({ name, value, children }: NumberProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.number}>{value}</dd>
      {children}
    </div>
  );
}

type SurpriseProps = InsightExplanation["surprise"] & Pick<Insight, "kind">;

function Surprise({ percentile, sampleSize, factors, kind }: SurpriseProps) {
  const [measured] = factors;
  return (
    <OneNumber name="Surprise" value={percentile === null ? "not ranked" : formatPercent(percentile)}>
      <dd>
        {percentile === null || sampleSize === null
          ? "The kind compares nothing, or too few earlier blocks are stored."
          : `How unusual the value is: it ranks above so many of ${formatCount(sampleSize)} earlier ones. It says nothing of what comes.`}
      </dd>
      {measured !== undefined && (
        <dd>
          {measured.name}: {formatQuantity(measured.unit, measured.value)}
          {explainUsual(kind, measured)}
        </dd>
      )}
    </OneNumber>
  );
}

function Attribution({ certainty, parties, labelVersion, labelCoverage }: InsightExplanation["attribution"]) {
  const coverage =
    labelCoverage === null
      ? ""
      : ` They know the owners of ${formatPercent(labelCoverage * 100)} of the block's value.`;
  return (
    <OneNumber name="Attribution certainty" value={certainty === null ? "none stated" : formatPercent(certainty * 100)}>
      <dd>
        {parties.length === 0
          ? "Nobody is named, so nothing hangs on who owns what."
          : certainty === null
            ? "Labels do not say how sure they are of whom it names."
            : "How sure the labels are of whom it names, the least sure of them. It says nothing of how unusual the value is."}
      </dd>
      {parties.map(({ actor, kind, certainty: own }) => (
        <dd key={`${kind} ${actor}`}>
          {actor}: {own === null ? "not said" : formatPercent(own * 100)}
        </dd>
      ))}
      {labelVersion !== null && <dd>{`Version ${formatCount(labelVersion)} of the node's labels.${coverage}`}</dd>}
    </OneNumber>
  );
}

type ConfidenceProps = InsightExplanation["confidence"] & { readonly hasClaim: boolean };

function Confidence({ probability, outcomes, alike, calibration, soFar, hasClaim }: ConfidenceProps) {
  return (
    <OneNumber name="Confidence" value={probability === null ? "none stated" : formatPercent(probability * 100)}>
      <dd>
        {!hasClaim
          ? "Nothing is claimed of blocks to come, so nothing is open."
          : probability === null
            ? "Too few such claims were decided on this network to say how often they come true."
            : `How often such claims came true${outcomes === null ? "" : `, by ${formatCount(outcomes)} outcomes`}${explainAlike(alike)}. It says nothing of how unusual the value is.`}
      </dd>
      {calibration !== null && <dd>Calibration: {calibration}.</dd>}
      {soFar !== null && <dd>{explainSoFar(soFar)}</dd>}
    </OneNumber>
  );
}

/** The factor behind a confidence: what became of claims that passed their level by as much. */
function explainAlike(alike: InsightExplanation["confidence"]["alike"]): string {
  return alike === null
    ? ""
    : `; of those that passed their level by about as much, ${formatCount(alike.came)} of ${formatCount(alike.count)} did`;
}

type SoFar = NonNullable<InsightExplanation["confidence"]["soFar"]>;

/** How often claims of this kind that were said to be about as sure came true until now, by this node's scorecard. */
function explainSoFar({ from, to, count, came }: SoFar): string {
  const stated = `stated with ${formatPercent(from * 100)} to ${formatPercent(to * 100)}`;
  return count === 0
    ? `No claim of this kind, ${stated}, was decided on this network yet.`
    : `So far ${formatCount(came)} of ${formatCount(count)} claims of this kind, ${stated}, came true on this network.`;
}
