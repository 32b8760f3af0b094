import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { addBlock, emptySample, type Sample } from "./block-sample.ts";

/** Modern blocks of the main network; of the last two the outputs that they spend are not at hand. */
const BLOCKS = [
  { height: 866_342, folder: "blocks", spent: true },
  { height: 739_990, folder: "blocks", spent: true },
  { height: 702_861, folder: "blocks-raw", spent: false },
  { height: 696_394, folder: "blocks-raw", spent: false },
] as const;

export type RealData = {
  /** By height. */
  readonly blocks: ReadonlyMap<number, Sample>;
  /** Seconds between the arrivals of blocks at a node. */
  readonly intervals: readonly number[];
  /** Of each day since 2021. */
  readonly days: readonly Day[];
};

export type Day = {
  readonly year: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly transactions: number;
  readonly blocks: number;
  readonly feesBtc: number;
};

/** @throws Error where the folder lacks what is needed */
export function readRealData(folder: string): RealData {
  const blocks = BLOCKS.map(({ height, folder: part, spent }): [number, Sample] => {
    const sample = emptySample();
    const read = (ending: string) => readFileSync(join(folder, part, `${height}.${ending}`));
    addBlock(sample, { height, block: read("block"), spent: spent ? { bytes: read("spent") } : undefined }, "mainnet");
    return [height, sample];
  });
  return { blocks: new Map(blocks), intervals: readIntervals(folder), days: readDays(folder) };
}

/** Whether the folder looks like the one with real data. */
export function hasRealData(folder: string | undefined): folder is string {
  if (folder === undefined || folder === "") return false;
  const needed = BLOCKS.map(({ height, folder: part }) => `${part}/${height}.block`);
  return [...needed, ARRIVALS, DAYS].every((file) => existsSync(join(folder, file)));
}

const ARRIVALS = "series/block_arrival_times.csv";
const DAYS = "series/coinmetrics_btc_daily.csv";

/** Of one node; where two blocks came at one height only the first counts. */
function readIntervals(folder: string): number[] {
  const rows = readCsv(join(folder, ARRIVALS)).filter((row) => row["source"] === "vostrnad_node1");
  const arrivals = new Map<number, number>();
  for (const row of rows) {
    const height = Number(row["height"]);
    if (!arrivals.has(height)) arrivals.set(height, Number(row["arrival_ms"]) / 1000);
  }
  return [...arrivals].flatMap(([height, time]) => {
    const before = arrivals.get(height - 1);
    return before === undefined ? [] : [time - before];
  });
}

function readDays(folder: string): Day[] {
  const rows = readCsv(join(folder, DAYS));
  const chosen = rows.filter(
    ({ time, TxCnt, FeeTotNtv }) => (time ?? "") >= "2021" && TxCnt !== "" && FeeTotNtv !== "",
  );
  return chosen.map(({ time = "", TxCnt, BlkCnt, FeeTotNtv }) => ({
    year: new Date(time).getUTCFullYear(),
    weekday: new Date(time).getUTCDay(),
    transactions: Number(TxCnt),
    blocks: Number(BlkCnt),
    feesBtc: Number(FeeTotNtv),
  }));
}

/** No field of these files is quoted. */
function readCsv(file: string): Partial<Record<string, string>>[] {
  const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((field, index) => [names[index] ?? "", field])));
}
