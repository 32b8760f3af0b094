import { Option } from "commander";
import { dateOf } from "#features";
import { AMOUNT_UNITS, type AmountUnit, type DailySeries, readDailySeries, type ToldColumns } from "#ingest";
import { findInDays, strongestOfKinds } from "#signals";
import { describeFinding, jsonOfFinding } from "./describe-finding.ts";
import type { Terminal } from "./terminal.ts";
import { parseNumber } from "./parse-argument.ts";
import type { Complete } from "./store-command.ts";

export type DetectFlags = ToldColumns & {
  readonly csv: string;
  readonly amounts: AmountUnit;
  /** How many of each kind are told. */
  readonly top: number;
  readonly json?: boolean;
};

/** Which column is what, and how much is told. */
export const complete: Complete = (command, { write, aside }) => {
  command
    .requiredOption("--csv <file>", "CSV with a header row and a row a day")
    .option("--date <column>", "the column of the day; known by names such as date, time and timestamp")
    .option("--inflow <column>", "coins that came to exchanges; known by FlowInExNtv, FlowInExUSD and inflow")
    .option("--outflow <column>", "coins that left exchanges; known by FlowOutExNtv, FlowOutExUSD and outflow")
    .option("--fees <column>", "fees of the day; known by FeeTotNtv, FeeTotUSD and fees")
    .option("--fee-rate <column>", "fee rate in sat/vB, in place of fees; known by fee_rate")
    .option("--blocks <column>", "blocks of the day, 144 where there is none; known by BlkCnt and blocks")
    .option("--price <column>", "US dollars a coin, where amounts are dollars; known by PriceUSD, price and close")
    .addOption(
      new Option("--amounts <unit>", "in what coins are given where the column's name does not tell")
        .choices(AMOUNT_UNITS)
        .default("btc"),
    )
    .option("--top <number>", "how many of each kind, the strongest first", parseNumber, 10)
    .option("--json", "one JSON object a line")
    .action((flags: DetectFlags) => detect(flags, { write, terminal: aside() }));
};

/** `utxoiq detect`: what stands out in a daily series, the strongest of each kind first. Stores nothing. */
export async function detect(
  { csv, amounts, top, json = false, ...told }: DetectFlags,
  { write, terminal }: { readonly write: (text: string) => void; readonly terminal: Terminal },
): Promise<void> {
  const series = await readDailySeries({ path: csv, told, amounts });
  const { firstDay, days } = series;
  const found = findInDays(days);
  terminal.line("Series", describeSeries(series));
  for (const { kind, lookBack } of found.kinds) {
    const from = lookBack < days.length ? `there from ${dateOf(firstDay + lookBack)} on` : "not all there";
    terminal.line(
      "Looked for",
      `${kind}: the ${lookBack.toLocaleString("en-US")} days that it looks back on are ${from}`,
    );
  }
  const strongest = strongestOfKinds(found, top);
  for (const finding of strongest) write(json ? jsonOfFinding(finding, firstDay) : describeFinding(finding, firstDay));
  if (strongest.length > 0) return;
  const isJudged = found.kinds.some(({ lookBack }) => lookBack < days.length);
  terminal.line("Found", isJudged ? "nothing that stands out" : "nothing: there are too few days to judge any of them");
}

function describeSeries({ firstDay, days }: DailySeries): string {
  const of = (name: string, isKnown: (day: (typeof days)[number]) => boolean): string =>
    `${name} of ${days.filter(isKnown).length.toLocaleString("en-US")}`;
  const known = [
    of("inflow", ({ inflow }) => inflow !== null),
    of("outflow", ({ outflow }) => outflow !== null),
    of("fee rate", ({ feeRate }) => feeRate !== null),
  ];
  const span = `${dateOf(firstDay)} to ${dateOf(firstDay + days.length - 1)}`;
  return `${days.length.toLocaleString("en-US")} days, ${span}: ${known.join(", ")}`;
}
