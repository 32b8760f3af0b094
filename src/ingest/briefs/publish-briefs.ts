import type { FollowableSource } from "#chain";
import { dayBefore, type Day, newestDueDay, spanOfDay } from "#insights";
import { keepDoing, type Logger } from "#lib";
import { type Database, getTip, listBriefs, saveBrief } from "#store";
import { composeDay } from "./compose-day.ts";

/** How often the clock is looked at: five minutes of a simulated network at its usual pace. */
const LOOK_EVERY_MS = 5_000;

/** Days that are made up for after the program was off, or before which nothing was published. */
const MOST_MISSED_DAYS = 7;

type Publishing = {
  readonly db: Database;
  readonly source: Pick<FollowableSource, "now" | "tipHeight">;
  readonly logger: Logger;
};

/** Publishes the brief of each day at 07:00 UTC of the source's clock, until the signal is aborted. */
export async function publishBriefs(publishing: Publishing & { readonly signal: AbortSignal }): Promise<void> {
  const { source, logger, signal } = publishing;
  let done: Day | undefined;
  const publish = async (): Promise<{ more: boolean }> => {
    const due = newestDueDay(source.now());
    if (due !== done && (await publishDueBriefs(publishing))) done = due;
    return { more: false };
  };
  // A brief that comes late is no reason to stop reading blocks.
  const onFailure = (error: unknown): void => logger.warn({ err: error }, "the brief could not be published yet");
  await keepDoing(publish, { everyMs: LOOK_EVERY_MS, signal, onFailure });
}

/** Publishes what is due and was not published; `false` while the stored chain has still to catch up with its tip. */
export async function publishDueBriefs({ db, source, logger }: Publishing): Promise<boolean> {
  const now = source.now();
  const due = newestDueDay(now);
  const tip = await getTip(db);
  if (tip === undefined || tip.height < (await source.tipHeight())) return false;
  for (const day of await listMissing(db, due)) {
    const brief = await composeDay(db, day);
    // A day of which no block is stored is none of ours: the chain was not read so far back, or had not begun.
    if (brief.blocks === null) continue;
    if (await saveBrief(db, brief, now)) logger.info({ day, items: brief.items.length }, "brief published");
  }
  return true;
}

/** Days after the newest brief up to the one that is due, ascending. */
async function listMissing(db: Database, due: Day): Promise<readonly Day[]> {
  const [newest] = await listBriefs(db, { limit: 1 });
  const days: Day[] = [];
  for (let day = due; days.length < MOST_MISSED_DAYS && day > (newest?.brief.day ?? ""); day = dayBefore(day)) {
    if (spanOfDay(day) === undefined) break;
    days.unshift(day);
  }
  return days;
}
