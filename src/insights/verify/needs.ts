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
  "difficulty-outlook": (slots) => change(slots, "value"),
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
  payer: /\bfrom ~|~ sent\b/,
  payee: /\bto ~/,
  seller: /~ sent\b|\bfrom ~/,
};

type Stated = { readonly plain: string; readonly roles: readonly string[] };

const PARTED = /\b(?:without|exclud\w+|leaving out|set aside|remov\w+)\b/;
const LARGEST = /\b(?:largest|biggest)\b/;
const SPIKES = /flow-spike/;

/** What a sentence of some kinds says together and must not, or says and leaves the half of out. */
const MIXTURES: readonly {
  readonly kinds: RegExp;
  readonly isSaid: (stated: Stated) => boolean;
  readonly problem: string;
}[] = [
  {
    // What came or left in all is not what was compared and ranked.
    kinds: SPIKES,
    isSaid: ({ plain, roles }) =>
      roles.includes("total") &&
      ["baseline", "percentile", "sample"].some((role) => roles.includes(role)) &&
      !PARTED.test(plain),
    problem: "ranks all of it by what is left without the largest transfers",
  },
  {
    kinds: /^(?:coin-days-destroyed|revived-supply)$/,
    isSaid: ({ plain, roles }) => /\bSENDER\b/.test(plain) && roles.includes("value") && !roles.includes("moved"),
    problem: "says of the sender of one transfer what is of all",
  },
  {
    kinds: SPIKES,
    isSaid: ({ plain, roles }) => roles.includes("value") && !roles.includes("total") && !LARGEST.test(plain),
    problem: "does not say without what it is",
  },
  {
    kinds: SPIKES,
    isSaid: ({ plain }) =>
      /\bbetween (?:its|them|the)\b/.test(plain) && !PARTED.test(plain) && !/\bleft out\b|\bnot\b/.test(plain),
    problem: "counts what moved inside",
  },
  {
    // What the largest transfers came to, nobody says; only what is left without them.
    kinds: SPIKES,
    isSaid: ({ plain }) => LARGEST.test(plain) && !PARTED.test(plain),
    problem: "says of the largest transfers what is said of all",
  },
  {
    kinds: /./,
    isSaid: ({ roles }) => roles.includes("age") && roles.includes("value") && !roles.includes("moved"),
    problem: "says of all coins how old those of one transfer were",
  },
];

/** What a sentence leaves out that its numbers and names need. `roles`: what its numbers are. */
export function unmetNeeds(kind: SignalKind, slots: Slots, stated: Stated): string[] {
  const { plain, roles } = stated;
  const unsaid = (NEEDS[kind]?.(slots) ?? []).filter(
    ({ role, pattern }) => roles.includes(role) && !pattern.test(plain),
  );
  const mixed = MIXTURES.filter(({ kinds, isSaid }) => kinds.test(kind) && isSaid(stated));
  const ofTransfer = kind === "large-transfer" ? ["sender", "winner", "receiver"] : [];
  const sides = ["payer", "payee", "seller", ...ofTransfer].filter((side) => isAdrift(plain, side));
  return [
    ...[...unsaid, ...mixed].map(({ problem }) => problem),
    ...sides.map(() => "does not say which side of the transfer it is"),
  ];
}

function isAdrift(plain: string, side: string): boolean {
  const name = side.toUpperCase();
  return plain.split(" ").some((word, place, words) => {
    const focused = words.map((other, at) => (at === place ? "~" : other)).join(" ");
    return word === name && SIDES[side]?.test(focused) === false;
  });
}
