import type { Insight } from "#contract";
import { formatBtc, formatCount, formatFeeRate } from "../format/numbers.ts";
import { formatExact } from "../format/times.ts";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import styles from "./feed.module.css";

/** What to look up on a node of one's own, always visible. */
export function EvidenceChips({ evidence }: Pick<Insight, "evidence">) {
  return (
    <ul className={styles.chips} aria-label="Evidence">
      {evidence.transactions.map(({ txid }) => (
        <li key={txid} className={styles.chip}>
          <span>tx</span>
          <CopyableHash what="transaction id" value={txid} />
        </li>
      ))}
      {evidence.blocks.map(({ hash, height }) => (
        <li key={hash} className={styles.chip}>
          <span>block {formatCount(height)}</span>
          <CopyableHash what="block hash" value={hash} />
        </li>
      ))}
    </ul>
  );
}

/** Every number behind the text, and why there is no confidence. */
export function EvidenceDetails({ insight }: { readonly insight: Insight }) {
  const { evidence, surprise, confidence, statusReason } = insight;
  return (
    <dl className={styles.details}>
      <dt>Raised because</dt>
      <dd>{evidence.rule}</dd>
      {statusReason !== null && (
        <>
          <dt>Status</dt>
          <dd>{statusReason}</dd>
        </>
      )}
      <dt>Surprise</dt>
      <dd>
        {surprise === null
          ? "Not ranked: fewer earlier blocks are stored than the comparison needs."
          : `The value ranks above ${formatCount(Math.round((surprise.percentile * surprise.sampleSize) / 100))} of the ${formatCount(surprise.sampleSize)} earlier blocks that it was compared with.`}
      </dd>
      <dt>Confidence</dt>
      <dd>
        {confidence === null
          ? "None is stated: this describes a past block, so nothing about it is open."
          : formatCount(confidence * 100)}
      </dd>
      {evidence.metrics.map(({ name, unit, value, baseline }) => (
        <Metric
          key={name}
          name={name}
          value={write(unit, value)}
          baseline={baseline === null ? null : write(unit, baseline)}
        />
      ))}
      {evidence.transactions.map(({ txid, feeSats, toAddress }) => (
        <Metric
          key={txid}
          name="Fee and largest receiver"
          value={`${formatBtc(feeSats)}, ${toAddress ?? "a script without an address"}`}
          baseline={null}
        />
      ))}
      {evidence.blocks.map(({ hash, time }) => (
        <Metric key={hash} name="Block time" value={formatExact(time)} baseline={null} />
      ))}
    </dl>
  );
}

type MetricProps = { readonly name: string; readonly value: string; readonly baseline: string | null };

function Metric({ name, value, baseline }: MetricProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {value}
        {baseline !== null && <span className={styles.of}> against {baseline}</span>}
      </dd>
    </>
  );
}

function write(unit: "sat/vB" | "sats", value: number): string {
  return unit === "sats" ? formatBtc(value) : `${formatFeeRate(value)} sat/vB`;
}
