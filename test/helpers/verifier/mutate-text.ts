import type { Slots } from "#insights";
import { NAMES, pick, type Random } from "./random-signal.ts";

/**
 * Ways to make a true text false. It knows how texts are written and nothing of how the verifier reads them: a digit, a
 * unit, a name, a direction, or two slots that change places.
 */
export const MUTATIONS = ["digit", "unit", "name", "direction", "swap"] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** `undefined` where a text has nothing of the kind, or what came of it would be true as well. */
export function mutateText(
  text: string,
  slots: Slots,
  how: { mutation: Mutation; random: Random },
): string | undefined {
  const { mutation, random } = how;
  switch (mutation) {
    case "digit":
      return changeDigit(text, slots, random);
    case "unit":
      return changeOne(text, UNITS, random);
    case "name":
      return changeName(text, slots, random);
    case "direction":
      return changeOne(text, DIRECTIONS, random);
    default:
      return swapSlots(text, slots, random);
  }
}

function changeDigit(text: string, slots: Slots, random: Random): string | undefined {
  const digits = [...text.matchAll(/\d/g)];
  if (digits.length === 0) return undefined;
  const { index, 0: old } = pick(random, digits);
  const other = String((Number(old) + 1 + Math.floor(random() * 9)) % 10);
  const changed = text.slice(0, index) + other + text.slice(index + 1);
  return isAsTrue(changed, index, slots) ? undefined : changed;
}

/** "26.1 %" that became "26.2 %" of 26.19: cut off or rounded, both are true; so are two that are said to be about it. */
function isAsTrue(changed: string, at: number, slots: Slots): boolean {
  const number = [...changed.matchAll(/[\d,]*\.?\d+/g)].find(
    ({ index, 0: found }) => index <= at && at < index + found.length,
  );
  if (number === undefined) return false;
  const written = number[0].replaceAll(",", "");
  const decimals = written.split(".")[1]?.length ?? 0;
  const isHedged = /\b(?:about|some|around|roughly|nearly|almost|more than|over) $/i.test(
    changed.slice(0, number.index),
  );
  return Object.entries(slots).some(([role, slot]) => {
    if (typeof slot.value !== "number") return false;
    const value = slot.unit === "sats" ? slot.value / 1e8 : slot.value;
    if (isHedged) return Math.abs(value - Number(written)) <= 0.02 * value;
    return (
      slot.unit === "percent" &&
      role !== "percentile" &&
      [value, cutOff(value, decimals)].some((close) => close.toFixed(decimals) === written)
    );
  });
}

function cutOff(value: number, decimals: number): number {
  return Math.floor(value * 10 ** decimals) / 10 ** decimals;
}

type Swaps = readonly (readonly [from: RegExp, to: string])[];

const UNITS: Swaps = [
  [/(?<!\b0 )\bBTC\b/, "sats"],
  [/\bBTC\b/, "ETH"],
  [/\bbitcoins?\b/, "satoshis"],
  [/sats?\/vB/, "BTC"],
  [/sats?\/vB/, "sat/WU"],
  [/(?<=\d )%|percent\b/, "percentage points"],
  [/(?<=\d )%/, "BTC"],
  [/\bEH\/s/, "PH/s"],
  [/\bPH\/s/, "EH/s"],
  [/(?<=\d )H\/s/, "EH/s"],
  [/(?<=\d )min\b/, "h"],
  [/(?<=\d )h\b/, "min"],
  [/(?<=\d )minutes\b/, "hours"],
  [/(?<=\d )days\b/, "years"],
  [/(?<=\d )days\b/, "hours"],
  [/\bcoin days\b/, "days"],
  [/\bcoin days\b/, "BTC"],
  [/\bWU\b/, "vB"],
  [/(?<=\d )hours\b/, "days"],
  [/(?<=within \d+ )blocks\b/, "hours"],
  [/(?<=last \d+ )blocks\b/, "days"],
  [/(?<=\d )inscriptions\b/, "consolidations"],
  [/(?<=\d )consolidations\b/, "inscriptions"],
  [/(?<=\d )CoinJoin-like transactions\b/, "inscriptions"],
  [/(?<=\d )times\b/, "percent"],
];

const DIRECTIONS: Swaps = [
  [/\brose\b/i, "fell"],
  [/\bfell\b(?! behind)/i, "rose"],
  [/\babove\b/i, "below"],
  [/\bbelow\b/i, "above"],
  [/\bcame to\b(?! [\d,]+ BTC)/i, "left"],
  [/\bleft\b/i, "came to"],
  [/\btook in\b/i, "paid out"],
  [/\bpaid out\b/i, "took in"],
  [/\btaking in\b/i, "paying out"],
  [/\bpaying out\b/i, "taking in"],
  [/\bkeeps receiving\b/i, "keeps sending"],
  [/\bkeeps sending\b/i, "keeps receiving"],
  [/\bmore than in\b/i, "less than in"],
  [/\bmore than the largest\b/i, "less than the largest"],
  [/\bmore than any\b/i, "less than any"],
  [/\blarger (?=rise|fall)/i, "smaller "],
  [/\blarger rise\b/i, "larger fall"],
  [/\blarger fall\b/i, "larger rise"],
  [/\brose more\b/i, "fell more"],
  [/\breceived (?=\d)/i, "sent "],
  [/(?<=BTC )came\b/, "left"],
  [/\bafter\b/i, "before"],
  [/\blargest part\b/i, "smallest part"],
  [/\breceived more than it sent\b/i, "sent more than it received"],
  [/\bsent more than it received\b/i, "received more than it sent"],
  [/\bsent\b(?=.* to )/i, "received"],
  [/\bpaid\b(?=.* to unlabelled)/i, "took"],
  [/\blonger than\b/i, "shorter than"],
  [/\bor longer\b/i, "or shorter"],
  [/\bor more\b(?=;)/i, "or less"],
  [/\bolder than\b/i, "younger than"],
  [/\bOlder coins\b/, "Younger coins"],
  [/\bsteeper rise\b/i, "steeper fall"],
  [/\bsmaller fall\b/i, "smaller rise"],
  [/\bsmaller rise\b/i, "smaller fall"],
  [/\bfaster\b/i, "slower"],
  [/\bslower\b/i, "faster"],
  [/\bunusually full\b/i, "unusually empty"],
  [/\bunusually empty\b/i, "unusually full"],
  [/\bhad fewer\b/i, "had more"],
  [/\bwere fewer\b/i, "were more"],
  [/\bclearer than\b/i, "weaker than"],
  [/\bblocks are empty\b/i, "blocks are full"],
  [/\broom free\b/i, "room full"],
  [/\bmoved from\b/i, "moved to"],
];

function changeOne(text: string, swaps: Swaps, random: Random): string | undefined {
  const possible = swaps.filter(([from]) => from.test(text));
  if (possible.length === 0) return undefined;
  const [from, to] = pick(random, possible);
  const places = [...text.matchAll(new RegExp(from.source, `${from.flags}g`))];
  const { index, 0: found } = pick(random, places);
  return text.slice(0, index) + to + text.slice(index + found.length);
}

function namesOf(slots: Slots): string[] {
  return Object.values(slots).flatMap((slot) => (slot.unit === "name" ? [slot.value] : []));
}

/** Another's name, one letter of it changed, or the two names of a text exchanged. */
function changeName(text: string, slots: Slots, random: Random): string | undefined {
  const told = namesOf(slots).filter((name) => text.includes(name));
  const [first, second] = told;
  if (first === undefined) return undefined;
  if (second !== undefined && random() < 0.4) return exchange(text, first, second);
  const name = pick(random, told);
  const others = NAMES.filter((other) => !told.includes(other) && !other.startsWith(name));
  if (random() < 0.5) return text.replaceAll(name, pick(random, others));
  const letters = [...name.matchAll(/[a-zA-Z]/g)].filter(({ index }) => !name.slice(0, index).includes("("));
  const { index, 0: letter } = pick(random, letters);
  const other = letter === "q" ? "k" : "q";
  return text.replaceAll(name, name.slice(0, index) + other + name.slice(index + 1));
}

type Numeric = { readonly unit: string; readonly value: number };

/** The numbers of two slots change places; the unit may be another. */
function swapSlots(text: string, slots: Slots, random: Random): string | undefined {
  const pairs = PAIRS.flatMap(([left, right]) => {
    const [one, other] = [slots[left] as Numeric | undefined, slots[right] as Numeric | undefined];
    if (one === undefined || other === undefined) return [];
    const written = [one, other].map((slot) => findNumber(text, slot));
    const [from, to] = written;
    return from === undefined || to === undefined || from === to || from.includes(to) || to.includes(from)
      ? []
      : [[from, to] as const];
  });
  if (pairs.length === 0) return undefined;
  const [from, to] = pick(random, pairs);
  return exchange(text, from, to);
}

const PAIRS = [
  ["value", "baseline"],
  ["from", "height"],
  ["ups", "downs"],
  ["inflow", "outflow"],
  ["total", "value"],
  ["total", "baseline"],
  ["value", "blocks"],
  ["value", "sample"],
  ["blocks", "sample"],
  ["span", "blocks"],
  ["room", "value"],
  ["room", "percentile"],
  ["percentile", "value"],
  ["height", "sample"],
  ["height", "value"],
  ["change", "value"],
  ["change", "percentile"],
  ["ratio", "value"],
  ["ratio", "baseline"],
  ["ratio", "blocks"],
  ["moved", "value"],
  ["moved", "age"],
  ["age", "baseline"],
  ["value", "largest"],
  ["value", "height"],
] as const;

/** How the number of a slot stands in a text, found by its value: the only number there that is as near to it. */
function findNumber(text: string, { unit, value }: Numeric): string | undefined {
  const scale = unit === "sats" ? 1e8 : 1;
  const near = [...text.matchAll(/(?<![\w.,…])\d[\d,]*(?:\.\d+)?(?![\w…])/g)]
    .map(([written]) => written.replace(/,$/, ""))
    .filter(
      (written) => Math.abs(Number(written.replaceAll(",", "")) - value / scale) <= Math.abs(value / scale) * 0.004,
    );
  return new Set(near).size === 1 ? near[0] : undefined;
}

function exchange(text: string, left: string, right: string): string {
  const escaped = [left, right].map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(`(?<![\\d.,])(?:${escaped.join("|")})(?![\\d]|[.,]\\d)`, "g");
  return text.replaceAll(pattern, (found) => (found === left ? right : left));
}
