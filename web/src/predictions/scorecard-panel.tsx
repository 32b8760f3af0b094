import { useQuery } from "@tanstack/react-query";
import type { Scorecard } from "#contract";
import { formatCount, formatDecimals } from "../format/numbers.ts";
import { Needs } from "../parts/needs.tsx";
import { Panel } from "../parts/panel.tsx";
import { scorecard } from "../server/queries.ts";
import { judge, nameOfPrediction, SHOWN_LEVEL } from "./describe-prediction.ts";
import styles from "./predictions.module.css";

type Kind = Scorecard["kinds"][number];
type Resolved = Scorecard["resolved"][number];

/** How what was said did: kind by kind, and the newest of it, hits and misses alike. */
export function ScorecardPanel() {
  return (
    <Needs title="Scorecard" permission="chain" className={styles.quiet}>
      <Decided />
    </Needs>
  );
}

function Decided() {
  const { data, isError } = useQuery(scorecard);
  const decided = data?.kinds.filter((kind) => kind.decided > 0) ?? [];
  if (data === undefined || decided.length === 0) {
    return (
      <Panel title="Scorecard">
        <p className={styles.quiet}>{messageOf(data, isError)}</p>
      </Panel>
    );
  }
  return (
    <Panel title="Scorecard" aside={<span>{formatCount(data.head?.seq ?? 0)} entries, chained by hash</span>}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">What was said</th>
            <th scope="col" className={styles.number}>
              Decided
            </th>
            <th scope="col" className={styles.number}>
              How it did
            </th>
          </tr>
        </thead>
        <tbody>
          {decided.map((kind) => (
            <KindRow key={`${kind.kind} ${kind.subject}`} kind={kind} />
          ))}
        </tbody>
      </table>
      <details className={styles.newest}>
        <summary>Newest outcomes</summary>
        <ul>
          {data.resolved.map((one) => (
            <Outcome key={one.entry.seq} resolved={one} />
          ))}
        </ul>
      </details>
    </Panel>
  );
}

function messageOf(data: Scorecard | undefined, isError: boolean): string {
  if (data !== undefined) return "What is said about blocks to come is scored here once blocks have decided it.";
  return isError ? "The scorecard cannot be read now." : "Reading the scorecard…";
}

function KindRow({ kind }: { readonly kind: Kind }) {
  const name = kind.kind === "exchange-pressure" ? "Exchange pressure" : nameOfPrediction(kind);
  const notLive = kind.made - kind.live;
  return (
    <tr title={`${formatCount(kind.made)} said, ${formatCount(notLive)} of them while history was read`}>
      <th scope="row">{name}</th>
      <td className={styles.number}>{formatCount(kind.decided)}</td>
      <td className={`${styles.number} ${styles.range}`}>{resultOf(kind)}</td>
    </tr>
  );
}

function resultOf({ claims, intervals, decided }: Kind): string {
  const shown = intervals.find(({ level }) => level === SHOWN_LEVEL);
  if (shown !== undefined) return `${Math.round(100 * shown.coverage)} % within, of 80`;
  if (claims === null) return "";
  const brier = claims.brier === null ? "" : `, Brier ${formatDecimals(claims.brier, 2)}`;
  return `${formatCount(claims.cameTrue)} of ${formatCount(decided)} true${brier}`;
}

function Outcome({ resolved }: { readonly resolved: Resolved }) {
  const { word, detail } = judge(resolved);
  return (
    <li>
      <span className={styles.height}>{formatCount(resolved.resolvedAt.height)}</span>
      <span>{nameOfPrediction(resolved)}</span>
      <strong>{word}</strong>
      <span className={styles.detail}>{detail}</span>
    </li>
  );
}
