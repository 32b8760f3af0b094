import { findDay } from "#labels";
import { AppError } from "#lib";
import { checkLabelVersion, getLabelVersion, getLabelVersionAt } from "#store";
import type { OpenStore } from "../open-store.ts";

/** A flag of whoever reads labels. */
export const AS_OF = ["--as-of <version or time>", "as the labels were then"] as const;

/** `--valid-at`: a day. */
export function readDay(text: string | undefined): string | undefined {
  if (text === undefined || findDay(text) === text) return text;
  throw new AppError("CLI_BAD_DAY", `--valid-at is "${text}", expected a day like 2026-01-31`);
}

/** `--as-of`: a version of the labels or a time; without it the newest. */
export async function findVersion({ db }: OpenStore, asOf: string | undefined): Promise<number> {
  if (asOf === undefined) return getLabelVersion(db);
  if (/^\d{1,9}$/.test(asOf)) {
    await checkLabelVersion(db, Number(asOf));
    return Number(asOf);
  }
  const time = new Date(asOf);
  if (findDay(asOf) === undefined || Number.isNaN(time.getTime())) {
    const message = `--as-of is "${asOf}", expected a version like 3 or a time like 2026-01-31T12:00Z`;
    throw new AppError("CLI_BAD_AS_OF", message);
  }
  return getLabelVersionAt(db, time);
}
