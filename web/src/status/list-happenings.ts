import type { BackfillJob, StoredEvent } from "#contract";
import { formatCount } from "../format/numbers.ts";

export type Happening = { readonly key: string; readonly time: string; readonly text: string };

type Sources = {
  /** As the streams told them. */
  readonly events: readonly StoredEvent[];
  readonly jobs: readonly BackfillJob[];
  /** What was seen since the page was opened. */
  readonly changes: readonly Happening[];
};

/** All of it by the clock on the wall, newest first: of a simulated block, when it was stored. */
export function listHappenings({ events, jobs, changes }: Sources): readonly Happening[] {
  const told = events.flatMap(happeningOf);
  return [...changes, ...told, ...jobs.flatMap(happeningsOf)].toSorted(
    (left, right) => Date.parse(right.time) - Date.parse(left.time),
  );
}

function happeningOf(event: StoredEvent): Happening[] {
  const text = textOf(event);
  return text === undefined ? [] : [{ key: String(event.id), time: event.at, text }];
}

function textOf({ type, data }: StoredEvent): string | undefined {
  switch (type) {
    case "block.connected": {
      const count = data.txs === 1 ? "1 transaction" : `${formatCount(data.txs)} transactions`;
      return `Block ${formatCount(data.height)} connected: ${count}, mined by ${data.pool ?? "an unknown pool"}`;
    }
    case "block.disconnected":
      return `Block ${formatCount(data.height)} left the chain: a branch with more work replaced it`;
    case "insight.published":
      return `Insight: ${data.headline}`;
    case "insight.retracted":
      return `Retracted: ${data.headline}${data.statusReason === null ? "" : `. ${data.statusReason}`}`;
    case "brief.published":
      return `Daily brief of ${data.date}`;
    case "insight.updated":
    case "feedback.updated":
      return undefined;
  }
}

function happeningsOf({ id, fromHeight, toHeight, status, createdAt, finishedAt }: BackfillJob): Happening[] {
  const what = `blocks ${formatCount(fromHeight)} to ${formatCount(toHeight)}`;
  const asked = { key: `${id} asked`, time: createdAt, text: `Backfill ${id} asked for: ${what}` };
  if (finishedAt === null) return [asked];
  return [{ key: `${id} ended`, time: finishedAt, text: `Backfill ${id} ${status}: ${what}` }, asked];
}
