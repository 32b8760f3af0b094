import { type DailySeries, readDailySeries } from "#ingest";
import { type DayFinding, findInDays, type SignalKind, strongestOfKinds } from "#signals";
import { KNOWN_EVENTS, type KnownEvent } from "./known-events.ts";

/** How many dates of each kind the page lists. */
const LISTED = 10;

type Dated = DayFinding & { readonly date: string };

/** The page on what detectors find in the daily series of a folder (`series/coinmetrics_btc_daily.csv`). */
export async function writeRealSeriesPage(folder: string): Promise<string> {
  const path = `${folder}/series/coinmetrics_btc_daily.csv`;
  const series = await readDailySeries({ path, told: {}, amounts: "btc" });
  const found = findInDays(series.days);
  const dated = (finding: DayFinding): Dated => ({ ...finding, date: dateOf(series.firstDay + finding.day) });
  const all = found.findings.map(dated);
  const strongest = strongestOfKinds(found, LISTED).map(dated);
  const explained = strongest.filter((finding) => eventOf(finding) !== undefined);
  return `# Real series

What the detectors find in a daily series of the real network: \`coinmetrics_btc_daily.csv\` of the folder of test data
([CONTRIBUTING](../../CONTRIBUTING.md) tells which), Coin Metrics' community data from ${dateOf(series.firstDay)} to ${lastDateOf(series)},
a copy of March 2026. \`UTXOIQ_TEST_DATA=… node scripts/real-series.ts\` writes this page again.

Each day takes the place of a block, and the detectors are those that look at blocks, unchanged
([a series of yours](../guide/own-series.md) tells what that means). All exchanges are one; fees are a rate by the room
of the day's blocks. Nothing was tuned on this series.

## The strongest dates

Of each kind the ${LISTED} dates that pass their level by most, or all where there are fewer. A date is the day on which it
stood out first. Strength is how many times the level was reached, rank the share of the days before that it exceeds.

${found.kinds.map(({ kind }) => section(kind, { all, strongest })).join("\n\n")}

${explained.length} of the ${strongest.length} dates fall into an event that is generally known. The events were put together by
hand (\`scripts/real-series/known-events.ts\`), many with the dates at hand: it is a check by eye, and no measure of
precision. That two things fall together does not say that one made the other.

## The other way round

Known events, and whether a signal fell into them.

| from | to | event | told as |
| --- | --- | --- | --- |
${KNOWN_EVENTS.map((event) => eventRow(event, all)).join("\n")}

## The same vendor's flows in dollars

\`coinmetrics_btc_2020_2026_usd.csv\`, ${await describeDollars(folder)}

## What is to be read from it

- The flows of the series begin in April 2012, so until 2016 the usual is nothing or next to nothing: five and a half years
  are looked back on. What is called strong there is partly growth.
- After May and June of 2022 the level of flows is so high that the failure of FTX does not pass it, nor anything since:
  it takes five and a half years until such days are forgotten.
- A fee spike is the middle of three days. A single day does not make one, and so 20 April 2024, with the highest fees of a
  day since 2017, is not told.
- A change of the reserve looks back on nearly 15 years, a fee level on twelve: few days are left that can be judged.
- An outflow streak counts days on which more left than came. Since 2016 that is most days of a year, in years in which
  what exchanges hold rose as well: many small outflows stand against few large inflows. The streaks tell of this habit
  and of no event. Another copy of the same vendor's flows has the opposite sign on 492 of 2,273 days, because labels are
  assigned afterwards; its streaks would be others.
`;
}

/** Flows in dollars, made coins by the price of the day. */
async function describeDollars(folder: string): Promise<string> {
  const path = `${folder}/series/coinmetrics_btc_2020_2026_usd.csv`;
  const series = await readDailySeries({ path, told: {}, amounts: "btc" });
  const { findings, kinds } = findInDays(series.days);
  const judged = kinds
    .filter(({ lookBack }) => lookBack < series.days.length)
    .map(({ kind, lookBack }) => `${kind} on ${series.days.length - lookBack} days`);
  const told = findings.map(({ kind, day }) => `${kind} on ${dateOf(series.firstDay + day)}`);
  return `from ${dateOf(series.firstDay)} to ${lastDateOf(series)}, goes through the same detectors, at the price of each day.
It is so short that few days have the whole look-back before them: ${judged.join(", ")}.
What stood out there: ${told.length === 0 ? "nothing" : told.join(", ")}.`;
}

type Findings = { readonly all: readonly Dated[]; readonly strongest: readonly Dated[] };

function section(kind: SignalKind, { all, strongest }: Findings): string {
  const heading = `### [${kind}](../signals/${kind}.md)`;
  const total = all.filter((finding) => finding.kind === kind).length;
  if (total === 0) return `${heading}\n\nNothing stood out.`;
  const rows = strongest.filter((finding) => finding.kind === kind).map(findingRow);
  const head = "| date | strength | rank | falls into |\n| --- | --- | --- | --- |";
  return `${heading}\n\n${total === 1 ? "1 date" : `${total} dates`} in all.\n\n${head}\n${rows.join("\n")}`;
}

function findingRow(finding: Dated): string {
  const { date, direction, strength, surprise } = finding;
  const rank = surprise === null ? "" : `${surprise.percentile.toFixed(2)} %`;
  const side = direction === "below" ? " (below)" : "";
  return `| ${date}${side} | ${strength.toFixed(2)} | ${rank} | ${eventOf(finding)?.what ?? "not explained"} |`;
}

function eventOf(finding: Dated): KnownEvent | undefined {
  return KNOWN_EVENTS.find((event) => isOf(finding, event));
}

function isOf({ kind, date }: Dated, { from, to, kinds }: KnownEvent): boolean {
  return kinds.includes(kind) && date >= from && date <= to;
}

function eventRow(event: KnownEvent, all: readonly Dated[]): string {
  const told = all.filter((finding) => isOf(finding, event)).map(({ kind, date }) => `${kind} (${date})`);
  return `| ${event.from} | ${event.to} | ${event.what} | ${told.length === 0 ? "not told" : told.join(", ")} |`;
}

function lastDateOf({ firstDay, days }: DailySeries): string {
  return dateOf(firstDay + days.length - 1);
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
