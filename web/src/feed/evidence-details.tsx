import { Fragment, type ReactNode } from "react";
import type { Insight } from "#contract";
import { formatBtc, formatConfidence, formatCount, formatPercent } from "../format/numbers.ts";
import { formatQuantity } from "../format/quantity.ts";
import { explainUsual } from "../format/usual.ts";
import { formatExact } from "../format/times.ts";
import { CitedEntity } from "../parts/cited.tsx";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import styles from "./feed.module.css";
import { meaningOf } from "./status.tsx";

/** Every number behind the text, why it was told, and why there is no confidence. */
export function EvidenceDetails({ insight }: { readonly insight: Insight }) {
  const { evidence, surprise, simulated, status, statusReason } = insight;
  return (
    <dl className={styles.details}>
      {insight.wording !== null && (
        <>
          <Detail name="Worded by">{insight.wording.model}, a language model; checked against the evidence</Detail>
          <Detail name="Template">
            {insight.wording.template.headline}. {insight.wording.template.summary}
          </Detail>
        </>
      )}
      <Detail name="Raised because">{evidence.rule}</Detail>
      <Detail name="Surprise">{explainSurprise(surprise)}</Detail>
      {evidence.claim !== null && (
        <Detail name="Decided">by block {formatCount(evidence.claim.decidedAtHeight)} at the latest</Detail>
      )}
      <Detail name="Confidence">{explainConfidence(insight)}</Detail>
      <Detail name="Status">{statusReason ?? meaningOf(status)}</Detail>
      {evidence.subject !== null && (
        <Detail name="About">
          <CitedEntity actor={evidence.subject.actor} />
        </Detail>
      )}
      {evidence.metrics.map(({ name, unit, value, baseline }) => (
        <Detail key={name} name={name}>
          {formatQuantity(unit, value)}
          {explainUsual(insight.kind, { unit, baseline })}
        </Detail>
      ))}
      {evidence.transactions.map(({ txid, feeSats, toAddress }) => (
        <Fragment key={txid}>
          <Detail name="Receiver">
            {toAddress === null ? "a script without an address" : <CopyableHash what="address" value={toAddress} />}
          </Detail>
          <Detail name="Fee paid">{formatBtc(feeSats)}</Detail>
        </Fragment>
      ))}
      {evidence.blocks.map(({ hash, time }, place) => (
        <Detail key={hash} name={evidence.blocks.length === 1 ? "Block time" : TIMES[place === 0 ? "first" : "now"]}>
          {formatExact(time)}
          {simulated && <span className={styles.of}> simulated</span>}
        </Detail>
      ))}
      {evidence.madeBy !== null && <Detail name="Made by">{explainMaking(evidence.madeBy)}</Detail>}
    </dl>
  );
}

/** Of the blocks of an event that goes on: in which it was told, and on which it stands. */
const TIMES = { first: "First noticed", now: "Newest block" } as const;

function Detail({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function explainConfidence({ confidence, evidence: { claim } }: Insight): string {
  if (claim === null) return "None is stated: this describes past blocks, so nothing about it is open.";
  if (confidence === null) return "None is stated yet: too few claims of this kind were decided on this network.";
  const of = claim.outcomes === null ? "" : `, learnt from ${formatCount(claim.outcomes)} outcomes`;
  return `${formatConfidence(confidence)}: so many claims of its kind and score came true${of} (${claim.learntFrom}).`;
}

function explainMaking(madeBy: NonNullable<Insight["evidence"]["madeBy"]>): string {
  const { program, labelVersion, labelCoverage, fromHeight } = madeBy;
  const known =
    labelCoverage === null
      ? ""
      : `, which know the owners of ${formatPercent(labelCoverage * 100)} of the block's value`;
  const short = fromHeight === null ? "" : `. Blocks before ${formatCount(fromHeight)} were not known then`;
  return `utxoIQ ${program}, by version ${formatCount(labelVersion)} of the labels${known}${short}`;
}

function explainSurprise(surprise: Insight["surprise"]): string {
  if (surprise === null) {
    return "Not ranked: the kind compares nothing, or fewer earlier blocks are stored than the comparison needs.";
  }
  const { percentile, sampleSize } = surprise;
  const exceeded = formatCount(Math.round((percentile * sampleSize) / 100));
  return `It ranks above ${exceeded} of the ${formatCount(sampleSize)} earlier blocks that it was compared with.`;
}
