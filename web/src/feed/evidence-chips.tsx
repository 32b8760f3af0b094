import type { Insight } from "#contract";
import { formatBtcBriefly, formatCount, formatFeeRate } from "../format/numbers.ts";
import { CitedBlock, CitedTransaction } from "../parts/cited.tsx";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import styles from "./feed.module.css";

/** What to look up on a node of one's own, always visible. */
export function EvidenceChips({ evidence }: Pick<Insight, "evidence">) {
  const { transactions, metrics, blocks } = evidence;
  return (
    <ul className={styles.chips} aria-label="Evidence">
      {transactions.map(({ txid, valueSats }) => (
        <li key={txid} className={styles.chip}>
          <span>tx</span>
          <CitedTransaction txid={txid} />
          <strong>{formatBtcBriefly(valueSats)}</strong>
        </li>
      ))}
      {metrics
        .filter(({ unit }) => unit === "sat/vB")
        .map(({ name, value, baseline }) => (
          <li key={name} className={styles.chip}>
            <span>median</span>
            <strong>{formatFeeRate(value)} sat/vB</strong>
            {baseline !== null && <span>before {formatFeeRate(baseline)}</span>}
          </li>
        ))}
      {blocks.map(({ hash, height }) => (
        <li key={hash} className={styles.chip}>
          <CitedBlock height={height}>block {formatCount(height)}</CitedBlock>
          <CopyableHash what="block hash" value={hash} />
        </li>
      ))}
    </ul>
  );
}
