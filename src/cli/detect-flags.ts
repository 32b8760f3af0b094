import { type Command, Option } from "commander";
import { AMOUNT_UNITS } from "#ingest";
import { parseNumber } from "./parse-height.ts";

/** The flags of `utxoiq detect`: which column is what, and how much is told. */
export function addDetectFlags(command: Command): Command {
  return command
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
    .option("--json", "one JSON object a line");
}
