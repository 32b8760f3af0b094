import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Scorecard } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Panel } from "../parts/panel.tsx";
import { judge, nameOfPrediction } from "../predictions/describe-prediction.ts";
import { outcomePages } from "../server/queries.ts";
import styles from "./scorecard.module.css";

type Kind = Scorecard["kinds"][number]["kind"];

type Props = {
  readonly kinds: readonly Kind[];
  /** Empty: all. */
  readonly kind: string;
  readonly onKind: (kind: string) => void;
};

/** Every outcome, newest first. */
export function Outcomes({ kinds, kind, onKind }: Props) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(outcomePages(kind));
  const outcomes = data?.pages.flatMap(({ resolved }) => resolved) ?? [];
  return (
    <Panel
      title="Outcomes"
      aside={
        <select
          aria-label="Outcomes of"
          className={styles.select}
          value={kind}
          onChange={({ target }) => onKind(target.value)}
        >
          <option value="">all kinds</option>
          {kinds.toSorted().map((one) => (
            <option key={one} value={one}>
              {one.replaceAll("-", " ")}
            </option>
          ))}
        </select>
      }
    >
      {error !== null && <p className={styles.none}>They cannot be read now: {error.message}</p>}
      {data !== undefined && outcomes.length === 0 && <p className={styles.none}>None is decided yet.</p>}
      <ul className={styles.outcomes}>
        {outcomes.map((one) => {
          const { word, detail } = judge(one);
          return (
            <li key={one.entry.seq}>
              <Link to="/blocks/$height" params={{ height: String(one.resolvedAt.height) }}>
                {formatCount(one.resolvedAt.height)}
              </Link>
              <span>{nameOfPrediction(one)}</span>
              <strong>{word}</strong>
              {one.statement.type === "claim" && <span className={styles.said}>{one.statement.text}</span>}
              <span className={styles.detail}>
                {detail} · after block{" "}
                <Link to="/blocks/$height" params={{ height: String(one.height) }}>
                  {formatCount(one.height)}
                </Link>
              </span>
            </li>
          );
        })}
      </ul>
      {hasNextPage && (
        <div className={styles.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show earlier outcomes
          </Button>
        </div>
      )}
    </Panel>
  );
}
