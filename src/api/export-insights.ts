import type { Insight } from "#contract";
import { type Database, listInsights, type search } from "#store";
import { presentInsight } from "./present.ts";
import { csvLine } from "./write-csv.ts";

const PAGE = 500;

/** Every insight that the filter leaves, newest first, page by page, so that no more than a page is held. */
async function* everyInsight(db: Database, filter: search.InsightFilter): AsyncGenerator<Insight> {
  let after: { readonly before: number; readonly height: number } | undefined;
  for (;;) {
    const rows = await listInsights(db, { limit: PAGE, filter, after });
    for (const row of rows) yield presentInsight(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { before: last.publishedEventId, height: last.publishedHeight };
  }
}

const CSV_HEAD = [
  "id",
  "kind",
  "category",
  "status",
  "height",
  "blockHash",
  "blockTime",
  "headline",
  "summary",
  "entity",
  "confidence",
  "surprisePercentile",
  "simulated",
];

function csvOf({ evidence, surprise, ...insight }: Insight): string {
  return csvLine([
    insight.id,
    insight.kind,
    insight.category,
    insight.status,
    insight.height,
    insight.blockHash,
    insight.blockTime,
    insight.headline,
    insight.summary,
    evidence.subject?.actor ?? null,
    insight.confidence,
    surprise?.percentile ?? null,
    insight.simulated,
  ]);
}

const FORMATS = {
  csv: { type: "text/csv; charset=utf-8; header=present", head: csvLine(CSV_HEAD), between: "", end: "", write: csvOf },
  json: {
    type: "application/json",
    head: "[",
    between: ",\n",
    end: "]\n",
    write: (one: Insight) => JSON.stringify(one),
  },
  ndjson: {
    type: "application/x-ndjson",
    head: "",
    between: "",
    end: "",
    write: (one: Insight) => `${JSON.stringify(one)}\n`,
  },
} as const;

/** Insights as a file that is written while they are read. */
export function exportInsights(db: Database, filter: search.InsightFilter, format: keyof typeof FORMATS) {
  const { type, head, between, end, write } = FORMATS[format];
  async function* text(): AsyncGenerator<string> {
    yield head;
    let first = true;
    for await (const insight of everyInsight(db, filter)) {
      yield first ? write(insight) : `${between}${write(insight)}`;
      first = false;
    }
    yield end;
  }
  return { type, text };
}
