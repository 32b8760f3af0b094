import type { SignalKind } from "#signals";
import type { Slots } from "../insight.ts";
import { CAME_MORE, COMING, FALLING, isAbove, LEAVING, LEFT_MORE, RISING } from "./directions.ts";

/** A sentence that states this number has to say which way it went. */
type Need = { readonly role: string; readonly pattern: RegExp; readonly problem: string };

const NO_WAY = "does not say which way it went, or says the other";

const comes: readonly Need[] = [{ role: "total", pattern: new RegExp(`${COMING.source}|\\bcame\\b`), problem: NO_WAY }];
const leaves: readonly Need[] = [{ role: "total", pattern: LEAVING, problem: NO_WAY }];

const change = (slots: Slots, role: string): Need[] => [
  {
    role,
    pattern: isAbove(slots) ? new RegExp(`${RISING.source}|# more\\b`) : new RegExp(`${FALLING.source}|# less\\b`),
    problem: NO_WAY,
  },
];

const NEEDS: Partial<Readonly<Record<SignalKind, (slots: Slots) => readonly Need[]>>> = {
  "inflow-spike": () => comes,
  "outflow-spike": () => leaves,
  "reserve-change": (slots) => change(slots, "value"),
  "hash-rate": (slots) => change(slots, "change"),
  "inflow-streak": () => [{ role: "ups", pattern: CAME_MORE, problem: NO_WAY }],
  "outflow-streak": () => [{ role: "ups", pattern: LEFT_MORE, problem: NO_WAY }],
  "whale-accumulation": () => [{ role: "ups", pattern: CAME_MORE, problem: NO_WAY }],
  "whale-distribution": () => [{ role: "ups", pattern: LEFT_MORE, problem: NO_WAY }],
};

/** Where the two sides of a transfer may stand: `~` is the name. */
const SIDES: Readonly<Record<string, RegExp>> = {
  sender:
    /\b(?:from|by|left|out of|between)(?: (?:an )?address(?:es)? of)? ~|~ (?:(?:has|just) )?(?:sent|sends|moved|moves|paid|pays|transferred|passed|deposited)\b/,
  winner:
    /\b(?:to|for|into|at|reached)(?: (?:an )?address(?:es)? of)? ~|~ (?:has )?(?:received|receives|was paid|took in)\b|\b(?:paid|pays|and) ~/,
  receiver:
    /\b(?:to|into|at|reached|address|script|receiver)(?: ,| :)? ~|\( ~ \)|~ (?:has )?(?:received|receives|was paid)\b/,
};

/** What a sentence leaves out that its numbers and names need. `roles`: what its numbers are. */
export function unmetNeeds(kind: SignalKind, slots: Slots, { plain, roles }: Stated): string[] {
  const unsaid = (NEEDS[kind]?.(slots) ?? [])
    .filter(({ role, pattern }) => roles.includes(role) && !pattern.test(plain))
    .map(({ problem }) => problem);
  const isMixed = roles.includes("age") && roles.includes("value") && !roles.includes("moved");
  const sides =
    kind === "large-transfer" ? ["sender", "winner", "receiver"].filter((side) => isAdrift(plain, side)) : [];
  return [
    ...unsaid,
    ...(isWithoutPart(kind, plain, roles) ? ["ranks all of it by what is left without the largest transfers"] : []),
    ...(isOfSender(kind, plain, roles) ? ["says of the sender of one transfer what is of all"] : []),
    ...(isWithoutWhat(kind, plain, roles) ? ["does not say without what it is"] : []),
    ...(isInside(kind, plain) ? ["counts what moved inside"] : []),
    ...(isOfLargest(kind, plain) ? ["says of the largest transfers what is said of all"] : []),
    ...(isMixed ? ["says of all coins how old those of one transfer were"] : []),
    ...sides.map(() => "does not say which side of the transfer it is"),
  ];
}

const PARTED = /\b(?:without|exclud\w+|leaving out|set aside|remov\w+)\b/;

/** What came or left in all is not what was compared and ranked. */
function isWithoutPart(kind: SignalKind, plain: string, roles: readonly string[]): boolean {
  const isRanked = ["baseline", "percentile", "sample"].some((role) => roles.includes(role));
  return /flow-spike/.test(kind) && roles.includes("total") && isRanked && !PARTED.test(plain);
}

/** What the largest transfers came to, nobody says; only what is left without them. */
function isOfLargest(kind: SignalKind, plain: string): boolean {
  return /flow-spike/.test(kind) && /\b(?:largest|biggest)\b/.test(plain) && !PARTED.test(plain);
}

function isWithoutWhat(kind: SignalKind, plain: string, roles: readonly string[]): boolean {
  return (
    /flow-spike/.test(kind) &&
    roles.includes("value") &&
    !roles.includes("total") &&
    !/\b(?:largest|biggest)\b/.test(plain)
  );
}

function isInside(kind: SignalKind, plain: string): boolean {
  return (
    /flow-spike/.test(kind) &&
    /\bbetween (?:its|them|the)\b/.test(plain) &&
    !PARTED.test(plain) &&
    !/\bleft out\b|\bnot\b/.test(plain)
  );
}

function isOfSender(kind: SignalKind, plain: string, roles: readonly string[]): boolean {
  const isAged = kind === "coin-days-destroyed" || kind === "revived-supply";
  return isAged && /\bSENDER\b/.test(plain) && roles.includes("value") && !roles.includes("moved");
}

type Stated = { readonly plain: string; readonly roles: readonly string[] };

function isAdrift(plain: string, side: string): boolean {
  const name = side.toUpperCase();
  return plain.split(" ").some((word, place, words) => {
    const focused = words.map((other, at) => (at === place ? "~" : other)).join(" ");
    return word === name && SIDES[side]?.test(focused) === false;
  });
}
