import { Progress } from "@mantine/core";
import type { setup } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Fact, Facts } from "../parts/facts.tsx";
import { Panel } from "../parts/panel.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import { describeBackfill } from "../tip/describe-backfill.ts";
import styles from "./setup.module.css";

type Source = NonNullable<setup.SetupState["source"]>;

const STATES: Readonly<Record<Source["state"], { readonly tone: Tone; readonly word: string }>> = {
  healthy: { tone: "good", word: "answers" },
  degraded: { tone: "warning", word: "answers in part" },
  down: { tone: "bad", word: "does not answer" },
};

/** The source of the moment, and how much of it is stored. */
export function ReadingNow({ state: { source, progress, chosen } }: { readonly state: setup.SetupState }) {
  const { stored, blocksDone, blocksTotal, blocksPerSecond, etaSeconds, blocksBehind } = progress;
  const reading =
    blocksDone === null || blocksTotal === null || blocksDone >= blocksTotal
      ? undefined
      : describeBackfill({ state: "running", blocksDone, blocksTotal, blocksPerSecond, etaSeconds });
  return (
    <Panel title="Read now">
      <div className={styles.inside}>
        {source === null ? (
          <p>Nothing is read just now.</p>
        ) : (
          <>
            <p>
              <StateMark tone={STATES[source.state].tone} /> <strong>{source.name}</strong> {STATES[source.state].word}
              {source.reason === null ? "" : `: ${source.reason}`}
            </p>
            <p className={styles.quiet}>{source.description}</p>
          </>
        )}
        <Facts>
          <Fact name="Stored">
            {stored === null ? "no block yet" : `blocks ${formatCount(stored.first)} to ${formatCount(stored.last)}`}
          </Fact>
          <Fact name="Behind the source">{blocksBehind === null ? "not known" : formatCount(blocksBehind)}</Fact>
          {chosen !== null && <Fact name="Chosen here">{chosen.source}</Fact>}
        </Facts>
        {reading !== undefined && (
          <div>
            <p>
              Reading history: <strong>{reading.percent} %</strong> · {reading.blocks} · {reading.pace}
            </p>
            <Progress value={reading.percent} size={6} color="var(--accent-fill)" aria-label="Reading history" />
          </div>
        )}
      </div>
    </Panel>
  );
}
