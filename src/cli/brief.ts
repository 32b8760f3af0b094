import {
  type Brief,
  idsOfBrief,
  newestDueDay,
  spanOfDay,
  type Standing,
  writeBriefHtml,
  writeBriefMarkdown,
} from "#insights";
import { composeDay } from "#ingest";
import type { Flags } from "#config";
import { AppError, invariant } from "#lib";
import { drawSvg } from "#pictures";
import { type Database, findBrief, findChain, getTip, readStandings } from "#store";
import { openStoredNetwork } from "./open-network-store.ts";
import { addSettings } from "./add-command.ts";
import { STORE_SETTINGS } from "./settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "./store-command.ts";

export type BriefFlags = { readonly date?: string; readonly format?: string };

type Told = {
  readonly brief: Brief;
  /** The chain's clock, unix seconds; `null` where it was composed just now. */
  readonly publishedAt: number | null;
  readonly standings: ReadonlyMap<string, Standing>;
};

const FORMATS: Readonly<Record<string, (told: Told) => string>> = {
  md: (told) => writeBriefMarkdown(told, told.standings).trimEnd(),
  html: (told) => writeBriefHtml(told, told.standings, { pictureUrl: (number) => inlinePicture(told.brief, number) }),
  json: ({ brief, publishedAt, standings }) =>
    JSON.stringify({ publishedAt, ...brief, standings: Object.fromEntries(standings) }),
};

export const complete: Complete = (command, surroundings) => {
  addSettings(command, STORE_SETTINGS)
    .option("--date <YYYY-MM-DD>", "a day of UTC; the newest whose brief is due where absent")
    .option("--format <format>", "md, html (one file with its pictures) or json", "md")
    .action((flags: Flags & BriefFlags) => printBrief(storeCommandOf(surroundings)(flags), flags));
};

/** `utxoiq brief`: prints the brief of a day as it was published, or composed of stored blocks where it was not. */
export async function printBrief(command: StoreCommand, { date, format = "md" }: BriefFlags): Promise<void> {
  const write = FORMATS[format];
  if (write === undefined) {
    throw new AppError(
      "CLI_BRIEF_FORMAT",
      `a brief is written as ${Object.keys(FORMATS).join(", ")}, not as ${format}`,
    );
  }
  if (date !== undefined && spanOfDay(date) === undefined)
    throw new AppError("CLI_BRIEF_DATE", `--date ${date} is no day of the calendar, like 2026-03-14`);
  const store = await openStoredNetwork(command);
  try {
    command.write(write(await readBrief(store.db, date)));
  } finally {
    await store.close();
  }
}

async function readBrief(db: Database, date: string | undefined): Promise<Told> {
  const tip = await getTip(db);
  if (tip === undefined || (await findChain(db)) === undefined)
    throw new AppError("CLI_BRIEF_EMPTY", "no block is stored yet, so there is nothing to tell of any day");
  // By the clock of the newest block: a simulated chain's own stands still while nothing runs.
  const day = date ?? newestDueDay(tip.time);
  const published = await findBrief(db, day);
  if (published === undefined) return { brief: await composeDay(db, day), publishedAt: null, standings: new Map() };
  const { brief, publishedAt } = published;
  return { brief, publishedAt, standings: await readStandings(db, idsOfBrief(published)) };
}

/** The page is one file, with its pictures in it. */
function inlinePicture({ items, network, simulated }: Brief, number: number): string {
  const item = items[number - 1];
  invariant(item !== undefined && item.picture !== null, `only a picture that is there is asked for, not ${number}`);
  const svg = drawSvg(item.picture, { headline: item.insight.headline, network, simulated });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
