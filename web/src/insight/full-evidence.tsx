import type { ReactNode } from "react";
import type { Insight } from "#contract";
import { formatBtc, formatCount, formatPercent } from "../format/numbers.ts";
import { formatQuantity } from "../format/quantity.ts";
import { formatUsual } from "../format/usual.ts";
import { formatExact } from "../format/times.ts";
import { CitedBlock, CitedParty, CitedTransaction } from "../parts/cited.tsx";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import { Panel } from "../parts/panel.tsx";
import { ROLES } from "../table/roles.ts";
import styles from "./insight.module.css";

/** Every hash, amount and name behind the text, to be copied and looked up on a node of one's own. */
export function FullEvidence({ insight }: { readonly insight: Insight }) {
  const { evidence, id } = insight;
  const usualName = insight.kind === "hash-rate" ? "Two days before" : "Usual";
  return (
    <Panel
      title="Evidence"
      aside={
        <a className={styles.aside} href={`/api/v1/insights/${id}/bundle`} download={`insight-${id}.json`}>
          Bundle to check it by
        </a>
      }
    >
      <div className={styles.inner}>
        <Table caption="Blocks" head={["Height", "Hash", "Header time", "Which"]}>
          {blocksOf(insight).map(({ hash, height, time, which }) => (
            <tr {...ROLES.row} key={`${which} ${hash}`}>
              <td {...ROLES.cell} data-title="Height" className={styles.right}>
                <CitedBlock height={height} />
              </td>
              <td {...ROLES.cell} data-title="Hash">
                <CopyableHash what="block hash" value={hash} />
              </td>
              <td {...ROLES.cell} data-title="Header time">
                {formatExact(time)}
              </td>
              <td {...ROLES.cell} data-title="Which">
                {which}
              </td>
            </tr>
          ))}
        </Table>
        {evidence.transactions.length > 0 && (
          <Table caption="Transactions" head={["Transaction", "Amount and fee", "From", "To", "Receiver", "Shape"]}>
            {evidence.transactions.map(({ txid, valueSats, feeSats, toAddress, from, to, inputs, outputs }) => (
              <tr {...ROLES.row} key={txid}>
                <td {...ROLES.cell} data-title="Transaction">
                  <CitedTransaction txid={txid} />
                </td>
                <td {...ROLES.cell} data-title="Amount and fee" className={styles.right}>
                  {formatBtc(valueSats)}
                  <div className={styles.muted}>{formatBtc(feeSats)}</div>
                </td>
                <td {...ROLES.cell} data-title="From">
                  <CitedParty party={from} none="not labelled" />
                </td>
                <td {...ROLES.cell} data-title="To">
                  <CitedParty party={to} none="not labelled" />
                </td>
                <td {...ROLES.cell} data-title="Receiver">
                  {toAddress === null ? "no address" : <CopyableHash what="address" value={toAddress} />}
                </td>
                <td {...ROLES.cell} data-title="Shape">
                  {inputs === null || outputs === null ? "–" : `${formatCount(inputs)} in, ${formatCount(outputs)} out`}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {evidence.metrics.length > 0 && (
          <Table caption="Measured" head={["What", "Value", usualName, "Rank"]}>
            {evidence.metrics.map(({ name, unit, value, baseline, percentile }) => (
              <tr {...ROLES.row} key={name}>
                <td {...ROLES.cell} data-title="What">
                  {name}
                </td>
                <td {...ROLES.cell} data-title="Value" className={styles.right}>
                  {formatQuantity(unit, value)}
                </td>
                <td {...ROLES.cell} data-title={usualName} className={styles.right}>
                  {formatUsual(insight.kind, { unit, baseline }) ?? "–"}
                </td>
                <td {...ROLES.cell} data-title="Rank" className={styles.right}>
                  {percentile === null ? "–" : formatPercent(percentile)}
                </td>
              </tr>
            ))}
          </Table>
        )}
        <p className={styles.muted}>
          Compute it again: <code className={styles.code}>npm run -s utxoiq -- verify {id}</code>, with --data or
          --source as the program was started
        </p>
      </div>
    </Panel>
  );
}

/** Of an event that goes on: where it began, where it was told first, and where it stands; by height. */
function blocksOf({ evidence: { begins, blocks } }: Insight) {
  const first = begins === null ? [] : [{ ...begins, which: "it begins" }];
  return [
    ...first,
    ...blocks.map((block, place) => ({ ...block, which: place === 0 ? "told" : "as it stands" })),
  ].toSorted((left, right) => left.height - right.height);
}

type TableProps = { readonly caption: string; readonly head: readonly string[]; readonly children: ReactNode };

/** Where it is wider than its place it scrolls by itself, with the keyboard too; on a phone each row stands as a list, and is a row by its role. */
function Table({ caption, head, children }: TableProps) {
  return (
    <div className={styles.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table {...ROLES.table} className={styles.table}>
        <caption>{caption}</caption>
        <thead {...ROLES.group}>
          <tr {...ROLES.row}>
            {head.map((name) => (
              <th key={name} {...ROLES.head} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...ROLES.group}>{children}</tbody>
      </table>
    </div>
  );
}
