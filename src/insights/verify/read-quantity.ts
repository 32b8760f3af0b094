import type { Hedge, Quantity } from "./quantity.ts";
import { matchAt } from "./match-at.ts";

/** How a unit may be spelt, in base units. The first that fits is taken, so the longer spelling stands first. */
const UNITS: readonly (readonly [spelling: RegExp, unit: string, scale: number])[] = [
  [/sats?\/vB|sats?\/vbyte|sat(?:oshi)?s? per v(?:irtual )?byte/y, "sat/vB", 1],
  [/BTC\b|bitcoins?\b/y, "sats", 100_000_000],
  [/sats?\b|satoshis?\b/y, "sats", 1],
  [/percentage points?|points?\b/y, "points", 1],
  [/%|percent\b|per cent\b/y, "percent", 1],
  [/(?:ZH\/s|zettahash(?:es)? per second)/y, "H/s", 1e21],
  [/(?:EH\/s|exahash(?:es)? per second)/y, "H/s", 1e18],
  [/(?:PH\/s|petahash(?:es)? per second)/y, "H/s", 1e15],
  [/(?:TH\/s|terahash(?:es)? per second)/y, "H/s", 1e12],
  [/GH\/s/y, "H/s", 1e9],
  [/MH\/s/y, "H/s", 1e6],
  [/kH\/s/y, "H/s", 1e3],
  [/(?:H\/s|hash(?:es)? per second)/y, "H/s", 1],
  [/WU\b|weight units?\b/y, "WU", 1],
  [/coin[ -]days?\b/y, "coin-days", 1],
  [/times\b|x\b|-?fold\b/y, "times", 1],
  [/days?\b/y, "days", 1],
  [/years?\b/y, "days", 365.25],
  [/min(?:utes?)?\b/y, "seconds", 60],
  [/hours?\b/y, "hours", 1],
  [/h\b/y, "seconds", 3_600],
  [/seconds?\b/y, "seconds", 1],
  [/blocks?\b/y, "blocks", 1],
  [/(?:CoinJoin-like )?transactions?\b/y, "transactions", 1],
  [/inscriptions?\b/y, "inscriptions", 1],
  [/consolidations?\b/y, "consolidations", 1],
  [/inputs?\b/y, "inputs", 1],
  [/outputs?\b/y, "outputs", 1],
  [/weeks?\b/y, "weeks", 1],
];

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const TENS = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const NUMERALS: ReadonlyMap<string, number> = new Map([
  ...ONES.map((word, value) => [word, value] as const),
  ...TENS.map((word, place) => [word, 10 * (place + 3)] as const),
]);

const WORDS: readonly (readonly [spelling: RegExp, unit: string, value: number])[] = [
  [/twice\b|doubled?\b/iy, "times", 2],
  [/tripled?\b/iy, "times", 3],
  [/quadrupled?\b/iy, "times", 4],
  [/an hour and a half\b/iy, "seconds", 5_400],
  [/a third\b|one third\b/iy, "fraction", 1 / 3],
  [/two thirds\b/iy, "fraction", 2 / 3],
  [/a quarter\b/iy, "fraction", 1 / 4],
  [/three quarters\b/iy, "fraction", 3 / 4],
  [/a fifth\b/iy, "fraction", 1 / 5],
  [/a tenth\b/iy, "fraction", 1 / 10],
  [/half\b/iy, "fraction", 1 / 2],
];

const HEDGES: readonly (readonly [words: RegExp, hedge: Hedge])[] = [
  [/(?:just over|more than|over|at least|above)\s$/i, "above"],
  [/(?:nearly|almost|just under|just below|less than|under|below)\s$/i, "below"],
  [/(?:about|around|roughly|approximately|some|close to|~)\s?$/i, "about"],
];

/** Without needless zeros before it: those are of ids and times of day. */
const NUMBER = /(?!0\d)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/y;

export type ReadQuantity = Quantity & { readonly length: number; readonly hedgeLength: number };

/** The quantity that begins at a place of a text: in digits or in words, with its unit and the hedge before it. */
export function readQuantity(text: string, at: number): ReadQuantity | undefined {
  return readWord(text, at) ?? readDigits(text, at) ?? readNumeral(text, at);
}

function readWord(text: string, at: number): ReadQuantity | undefined {
  for (const [spelling, unit, value] of WORDS) {
    const found = matchAt(spelling, text, at);
    if (found === undefined) continue;
    const step = unit === "times" ? 1 : value;
    return { unit, value, step, coarseStep: step, isWord: true, length: found.length, ...hedgeBefore(text, at) };
  }
  return undefined;
}

function readDigits(text: string, at: number): ReadQuantity | undefined {
  const digits = matchAt(NUMBER, text, at);
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll(",", "");
  const decimals = plain.split(".")[1]?.length ?? 0;
  const zeros = decimals > 0 ? 0 : (/(?<=[1-9])0+$/.exec(plain)?.[0].length ?? 0);
  return withUnit(text, at, { number: Number(plain), step: 10 ** -decimals, zeros, length: digits.length });
}

function readNumeral(text: string, at: number): ReadQuantity | undefined {
  const word = matchAt(/[A-Za-z]+/y, text, at);
  if (word === undefined) return undefined;
  const fold = /^(\w+)fold$/i.exec(word)?.[1];
  const number = NUMERALS.get((fold ?? word).toLowerCase());
  if (number === undefined) return undefined;
  const length = fold === undefined ? word.length : fold.length;
  return withUnit(text, at, { number, step: 1, zeros: 0, length });
}

type Digits = { readonly number: number; readonly step: number; readonly zeros: number; readonly length: number };

function withUnit(text: string, at: number, digits: Digits): ReadQuantity {
  let end = at + digits.length;
  const scaleWord = matchAt(/\s(thousand|million|billion)\b/y, text, end);
  const scale = scaleWord === undefined ? 1 : (SCALES[scaleWord.trim()] ?? 1);
  end += scaleWord?.length ?? 0;
  const { unit, unitScale, length } = readUnit(text, end);
  end += length;
  const worth = scale * unitScale;
  const isHours = unit === "hours" || (unit === "seconds" && unitScale === 3_600);
  const minutes = isHours ? readMinutes(text, end) : undefined;
  const isClock = minutes !== undefined;
  return {
    unit: isClock ? "seconds" : unit,
    value: isClock ? digits.number * 3_600 + minutes.value : digits.number * worth,
    step: isClock ? 60 : digits.step * worth,
    coarseStep: isClock ? 60 : digits.step * worth * 10 ** digits.zeros,
    isWord: false,
    length: end + (minutes?.length ?? 0) - at,
    ...(isLasting(unit) && /\bover $/i.test(text.slice(0, at))
      ? { hedge: "none", hedgeLength: 0 }
      : hedgeBefore(text, at)),
  };
}

function readUnit(text: string, at: number): { unit: string; unitScale: number; length: number } {
  const space = matchAt(/[ \u00A0-]/y, text, at)?.length ?? 0;
  for (const [spelling, unit, unitScale] of UNITS) {
    const found = matchAt(spelling, text, at + space);
    if (found !== undefined) return { unit, unitScale, length: space + found.length };
  }
  return { unit: "bare", unitScale: 1, length: 0 };
}

/** What something may last: "over 9 blocks" tells how long, not how many. */
function isLasting(unit: string): boolean {
  return unit === "blocks" || unit === "hours" || unit === "days" || unit === "weeks";
}

/** " 38 min" after "1 h". */
function readMinutes(text: string, at: number): { value: number; length: number } | undefined {
  const found = matchAt(/(?: and)? \d+ min(?:utes?)?\b/y, text, at);
  return found === undefined ? undefined : { value: 60 * Number(/\d+/.exec(found)?.[0]), length: found.length };
}

function hedgeBefore(text: string, at: number): { hedge: Hedge; hedgeLength: number } {
  const before = text.slice(Math.max(0, at - 16), at);
  for (const [words, hedge] of HEDGES) {
    const found = words.exec(before);
    if (found !== null && /(?:^|\W)$/.test(before.slice(0, found.index)))
      return { hedge, hedgeLength: found[0].length };
  }
  return { hedge: "none", hedgeLength: 0 };
}
