import type { Insight, Slot } from "../insight.ts";
import { constantsIn } from "./constants.ts";
import type { Quantity } from "./quantity.ts";
import { readQuantity } from "./read-quantity.ts";
import { matchAt } from "./match-at.ts";

/** What is needed of an insight to check a text that speaks of it. */
export type Told = Pick<Insight, "kind" | "blockTime" | "evidence" | "headline" | "summary">;

type Place = { readonly offset: number; readonly length: number };

/** A piece of a text. What is neither a word, a number, a name nor a mark that prose has is `other`. */
export type Piece = Place &
  (
    | {
        /** `fixed` is a number that the kind itself holds: "two weeks before". */
        readonly type: "word" | "mark" | "other" | "fixed" | "date" | "wrong-date";
      }
    | { readonly type: "quantity"; readonly quantity: Quantity; readonly hedgeLength: number }
    /** The role of the slot whose name, id or address it is. */
    | { readonly type: "name" | "id"; readonly role: string }
  );

/** A text cut into pieces, without its blanks. */
export function readPieces(text: string, told: Told): Piece[] {
  const fixed = constantsIn(text, told.kind);
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const piece = readPiece(text, at, told);
    const isFixed = piece.type === "quantity" && fixed.some(({ from, to }) => at >= from && at < to);
    pieces.push(isFixed ? { type: "fixed", offset: at, length: piece.length } : piece);
    at += piece.length;
  }
  return pieces;
}

function readPiece(text: string, offset: number, told: Told): Piece {
  const { slots } = told.evidence;
  const name = readName(text, offset, slots);
  if (name !== undefined) return { type: "name", offset, ...name };
  const id = readId(text, offset, slots);
  if (id !== undefined) return { offset, ...id };
  const date = readDate(text, offset, told.blockTime);
  if (date !== undefined) return { offset, ...date };
  const quantity = readQuantity(text, offset);
  if (quantity !== undefined && !isPronoun(text, offset, quantity)) return quantityPiece(offset, quantity);
  const word = matchAt(/[A-Za-z][A-Za-z'’-]*/y, text, offset);
  if (word !== undefined) return { type: "word", offset, length: word.length };
  const possessive = matchAt(/['’]s?(?![A-Za-z])/y, text, offset);
  if (possessive !== undefined) return { type: "mark", offset, length: possessive.length };
  // Before a number it is a minus, unless it stands between two.
  if (text.charAt(offset) === "–" && /\d/.test(text.charAt(offset + 1)) && !/\d/.test(text.charAt(offset - 1)))
    return { type: "other", offset, length: 1 };
  return { type: /[.,;:()–!?]/.test(text.charAt(offset)) ? "mark" : "other", offset, length: 1 };
}

function quantityPiece(offset: number, read: NonNullable<ReturnType<typeof readQuantity>>): Piece {
  const { length, hedgeLength, ...quantity } = read;
  return { type: "quantity", offset, length, hedgeLength, quantity };
}

/** "one" that counts nothing: "in one transaction", "the one before", "one of form". */
function isPronoun(text: string, at: number, { length }: { readonly length: number }): boolean {
  if (!/^one\b/i.test(text.slice(at, at + length))) return false;
  const [before, after] = [text.slice(Math.max(0, at - 10), at), text.slice(at + 3, at + 20)];
  return !/(?:against|in|is|to) $/.test(before) || /^ (?:transaction|block|address|large|of|go)/.test(after);
}

/** A name whole, without the remark in brackets behind it, or with its end left out as headlines do. */
function readName(
  text: string,
  at: number,
  slots: Readonly<Record<string, Slot>>,
): { role: string; length: number } | undefined {
  const found = Object.entries(slots).flatMap(([role, slot]) =>
    slot.unit === "name" ? spellingsOf(slot.value, text, at).map((length) => ({ role, length })) : [],
  );
  return found.toSorted((left, right) => right.length - left.length)[0];
}

function spellingsOf(name: string, text: string, at: number): number[] {
  const bare = name.replace(/ \([^)]*\)$/, "");
  const whole = [name, bare].filter(
    (spelling) => text.startsWith(spelling, at) && endsThere(text, at + spelling.length),
  );
  // At least six characters of it.
  const cut = /^[^…]{6,}…/.exec(text.slice(at, at + name.length + 1))?.[0];
  const isCut = cut !== undefined && name.startsWith(cut.slice(0, -1));
  return [...whole.map((spelling) => spelling.length), ...(isCut ? [cut.length] : [])];
}

function endsThere(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(at));
}

/** A hash or an address, whole or with its middle left out. */
function readId(
  text: string,
  at: number,
  slots: Readonly<Record<string, Slot>>,
): { type: "id"; role: string; length: number } | { type: "other"; length: number } | undefined {
  const written = matchAt(/[0-9A-Za-z]{4,}(?:…|\.\.\.)[0-9A-Za-z]{4,}|[0-9A-Za-z]{20,}/y, text, at);
  if (written === undefined) return undefined;
  const [start = "", end] = written.split(/…|\.\.\./);
  for (const [role, slot] of Object.entries(slots)) {
    if (slot.unit !== "txid" && slot.unit !== "address") continue;
    const isIt =
      end === undefined
        ? slot.value === start
        : start.length + end.length >= 12 && slot.value.startsWith(start) && slot.value.endsWith(end);
    if (isIt) return { type: "id", role, length: written.length };
  }
  return { type: "other", length: written.length };
}

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const MONTH = MONTHS.map((month) => `${month}|${month.slice(0, 3)}\\b`).join("|");
const DATES = [
  String.raw`(?:(?:${DAYS.join("|")}),? )?(?<day>\d{1,2})(?:st|nd|rd|th)? (?<month>${MONTH})(?:,? (?<year>\d{4}))?`,
  String.raw`(?:(?:${DAYS.join("|")}),? )?(?<month>${MONTH}) (?<day>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?<year>\d{4}))?`,
  String.raw`(?<year>\d{4})-(?<number>\d{2})-(?<day>\d{2})`,
  String.raw`(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?: UTC)?`,
  String.raw`(?<month>${MONTHS.join("|")})(?: (?<year>\d{4}))?`,
  DAYS.join("|"),
].map((pattern) => new RegExp(`(?:${pattern})(?![\\d\\p{L}])`, "uy"));

/** A day or a time of day, which has to be that of the block's header, UTC. */
function readDate(text: string, at: number, time: number): { type: "date" | "wrong-date"; length: number } | undefined {
  for (const pattern of DATES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null || isMay(text, found)) continue;
    return { type: isDateOf(found, new Date(time * 1_000)) ? "date" : "wrong-date", length: found[0].length };
  }
  return undefined;
}

/** "May" that is a month has a day or a year beside it, or stands where no verb can. */
function isMay(text: string, { 0: found, index }: RegExpExecArray): boolean {
  return found === "May" && !/(?:in|last|since) $/.test(text.slice(0, index));
}

function isDateOf({ 0: written, groups = {} }: RegExpExecArray, date: Date): boolean {
  const { year, month, number, day, hour, minute, second } = groups;
  const weekday = DAYS.find((name) => written.startsWith(name));
  const isMonth = month === undefined || MONTHS[date.getUTCMonth()]?.startsWith(month);
  return (
    isMonth === true &&
    (weekday === undefined || DAYS[date.getUTCDay()] === weekday) &&
    isEqual(number, date.getUTCMonth() + 1) &&
    isEqual(year, date.getUTCFullYear()) &&
    isEqual(day, date.getUTCDate()) &&
    isEqual(hour, date.getUTCHours()) &&
    isEqual(minute, date.getUTCMinutes()) &&
    isEqual(second, date.getUTCSeconds())
  );
}

function isEqual(written: string | undefined, actual: number): boolean {
  return written === undefined || Number(written) === actual;
}
