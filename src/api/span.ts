import { AppError } from "#lib";
import { type Database, getTip } from "#store";

const DAY_SECONDS = 86_400;

/** Unix seconds; `to` is not included. */
export type Span = { readonly from: number; readonly to: number };

type Asked = {
  readonly days?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** What was asked for; where nothing was said, so many days up to the newest block, it included. */
export function spanOf({ from, to, days: asked }: Asked, newest: number, usualDays: number): Span {
  if (from !== undefined && asked !== undefined) throw new AppError("API_BAD_REQUEST", "either from or days");
  const days = asked ?? usualDays;
  const end = to === undefined ? newest + 1 : secondsOf(to);
  const span = { from: from === undefined ? end - days * DAY_SECONDS : secondsOf(from), to: end };
  if (span.from < span.to) return span;
  throw new AppError("API_BAD_REQUEST", "from has to be before to");
}

/** The newest header time; an error where no block is stored. */
export async function newestTime(db: Database): Promise<number> {
  const tip = await getTip(db);
  if (tip === undefined) throw new AppError("API_NOT_READY", "no block is stored yet");
  return tip.time;
}

function secondsOf(moment: string): number {
  return Math.floor(Date.parse(moment) / 1_000);
}
