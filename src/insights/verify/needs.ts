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
    /\b(?:from|by|left|out of|between)(?: (?:an )?address(?:es)? of)? ~|~ (?:(?:has|just) )?(?:sent|sends|moved|moves|paid|pays|transferred|passed)\b/,
  winner:
    /\b(?:to|for|into|at|reached)(?: (?:an )?address(?:es)? of)? ~|~ (?:has )?(?:received|receives|was paid|took in)\b|\b(?:paid|pays|and) ~/,
};

/** What a sentence leaves out that its numbers and names need. `roles`: what its numbers are. */
export function unmetNeeds(kind: SignalKind, slots: Slots, { plain, roles }: Stated): string[] {
  const unsaid = (NEEDS[kind]?.(slots) ?? [])
    .filter(({ role, pattern }) => roles.includes(role) && !pattern.test(plain))
    .map(({ problem }) => problem);
  const isMixed = roles.includes("age") && roles.includes("value") && !roles.includes("moved");
  const sides = kind === "large-transfer" ? ["sender", "winner"].filter((side) => isAdrift(plain, side)) : [];
  return [
    ...unsaid,
    ...(isMixed ? ["says of all coins how old those of one transfer were"] : []),
    ...sides.map(() => "does not say which side of the transfer it is"),
  ];
}

type Stated = { readonly plain: string; readonly roles: readonly string[] };

function isAdrift(plain: string, side: string): boolean {
  const name = side.toUpperCase();
  return plain.split(" ").some((word, place, words) => {
    const focused = words.map((other, at) => (at === place ? "~" : other)).join(" ");
    return word === name && SIDES[side]?.test(focused) === false;
  });
}
