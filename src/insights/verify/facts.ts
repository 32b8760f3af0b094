import type { SignalKind } from "#signals";
import type { Slots } from "../insight.ts";
import { countFacts, placeFacts, rankFacts, SOLD_IN } from "./common-facts.ts";
import { either } from "./either.ts";
import { derived, type Fact, fact, number } from "./fact.ts";
import { leanFacts } from "./lean-facts.ts";
import { USUAL } from "./usual.ts";

type Rules = (slots: Slots) => readonly (Fact | undefined)[];

const EARLIER = /\bpay(?:s|ing)? @/;
const PACE =
  /\bbeyond what their pace explains\b[^@#.]*@|\bpace does not explain @|@[^@#.]*\bnot explained\b|\bnot explained\b[^@#.]*@|@[^@#.]*\bbeyond what\b/;
const MOVED =
  /\b(?:by|of|down|up|fell|rose|dropped|climbed|fallen|risen|increased|decreased|declined)(?: by)? @|@ (?:lower|higher)/;
const FEE = /\bfee\b[^@#]*@|@[^@#]*\bfee\b/;
/** An amount that changed is no amount that is there. */
const STOCK =
  /\b(?:holds?|held|owns?|owned|balance|reserve (?:of SUBJECT )?(?:is|was|of|stands at)) @(?! (?:more|less))|\breserve [^@#]*\bto @/;
/** How far apart two numbers are, which neither of them is. */
const APART = /@ (?:more|less|higher|lower|longer|shorter|older|heavier|lighter|fewer|above|below)\b/;
/** How far something went, which is not where it is. */
const BY =
  /\b(?:by|fell|falls|rose|rises|dropped|climbed|fallen|risen|increased|decreased|declined|grew|grown|jumped|shrank|eased|surged|gained|added|lost) @/;
const FEES = /\b(?:fees?|median|paid|pays?|paying|level)\b/;

const PART = /\b(?:without|exclud\w+|leaving out|set aside|remov\w+)\b[^@.]*@|@[^@#.]*\bremain\b/;
/** A multiple is not how often something was done: it is of something, or what rose rose so. */
const MULTIPLE =
  /@ (?:the|as|what|an?|its|their|that|more|higher)\b|\b(?:rose|risen|rise|climbed|jumped|surged|increased|grew|fees|inscriptions|consolidations|transactions)(?: by)? @/;
/** An age is not how long something took or when it was. */
const TOOK =
  /\b(?:within|in|during|over|until|by|every|each|last|since) @|@ (?:before|ago|later|after)\b|\b(?<!\bnot )(?:sent|moved|paid|spent|transferred) (?:# |TXID )?for @/;
const LARGEST = /\b(?:largest part|most of it|TXID|SENDER)\b[^@.]*@|@ (?:that|after)\b|@[^@#.]*\b(?:by SENDER|left)\b/;

const INTENDED = /@[^@#]*\bintended\b|\bintended\b[^@#]*@/;

/** What of a flow single payments were. */
const OF_FLOW = /@ of it (?:came|left|went) in\b/;
/** What a pool sold, of which a payment to the exchange was part. */
const SOLD = /\b(?:SELLER|PAYER) sent @/;
const SOLD_USUAL = /\b(?:SELLER|PAYER) sent # [^@]*\busual @/;

const payments: Rules = (slots) => [
  fact(slots, "paid", ["sats"], { where: OF_FLOW }),
  fact(slots, "paidIn", ["bare"], { where: /# of it (?:came|left|went) in one transaction , in block @/ }),
  fact(slots, "payments", ["transactions", "bare"], { where: /# of it (?:came|left|went) in @/ }),
];

const flowSpike: Rules = (slots) => [
  ...payments(slots),
  fact(slots, "sold", ["sats"], { where: SOLD }),
  fact(slots, "soldIn", ["blocks"], { where: SOLD_IN }),
  fact(slots, "soldUsual", ["sats"], { where: SOLD_USUAL }),
  fact(slots, "span", ["blocks"], { where: /\blast @/ }),
  fact(slots, "total", ["sats"], { not: either(PART, USUAL, STOCK, APART, OF_FLOW, SOLD) }),
  fact(slots, "value", ["sats"], { where: PART, not: either(USUAL, APART) }),
  fact(slots, "baseline", ["sats"], { where: USUAL, not: either(APART, SOLD_USUAL) }),
];

const poolOutflow: Rules = (slots) => [
  ...payments(slots),
  ...compared(slots, ["sats"], either(STOCK, OF_FLOW)),
  ...multiples(slots),
];

const wave =
  (noun: string): Rules =>
  (slots) => [
    fact(slots, "value", [noun, "bare"], { not: USUAL }),
    fact(slots, "baseline", [noun, "bare"], { where: USUAL }),
    ...multiples(slots),
  ];

const EXPECTED = /\b(?:makes?|expected|would be)\b[^@#.]{0,24}@|@ (?:would be|is) expected|\( @ \)/;
const AMONG = /\b(?:of|among)(?: the)?(?: last)? @/;

const run =
  (where: RegExp): Rules =>
  (slots) => [
    fact(slots, "value", ["bare", "blocks"], { where, not: either(AMONG, EXPECTED, /\bbut @|\blast @/) }),
    fact(slots, "blocks", ["bare", "blocks"], { where: AMONG, not: /@ (?:earlier|previous|windows|spans)/ }),
    fact(slots, "baseline", ["bare"], { where: EXPECTED }),
    ...multiples(slots),
  ];

const agedCoins =
  (unit: string): Rules =>
  (slots) => [
    fact(slots, "value", [unit], { not: unit === "sats" ? either(USUAL, /\blargest part\b[^@.]*@|TXID : @/) : USUAL }),
    fact(slots, "baseline", unit === "sats" ? [unit] : [unit, "bare"], { where: USUAL }),
    fact(slots, "moved", ["sats"], { where: LARGEST, not: USUAL }),
    fact(slots, "age", ["days"], { where: /\bafter @|@ old\b|\bfor @/, not: TOOK }),
  ];

/** What each kind states, beside heights, blocks, rank and sample, which all state alike. */
const RULES: Readonly<Record<SignalKind, Rules>> = {
  "fee-spike": (slots) => [
    fact(slots, "value", ["sat/vB"], { where: FEES, not: either(USUAL, EARLIER, BY, APART) }),
    fact(slots, "baseline", ["sat/vB"], { where: either(USUAL, EARLIER), not: either(BY, APART) }),
    ...multiples(slots),
  ],
  "fee-level": (slots) => [
    ...compared(slots, ["sat/vB"]),
    bareBaseline(slots),
    ...multiples(slots),
    derived("change", percentChange(slots), { units: ["percent"], where: /@ (?:below|above|lower|higher)|\bby @/ }),
  ],
  "mempool-flush": (slots) => [
    fact(slots, "room", ["percent", "fraction"], {
      not: either(PACE, /@ of (?:the |all |these )*(?:last )?#(?! free)|@ (?:of|had) (?:\w+ )?(?:transactions|blocks)/),
    }),
    fact(slots, "value", ["percent"], { where: PACE }),
  ],
  "block-interval": (slots) => compared(slots, ["seconds", "hours", "days"]),
  "block-fullness": (slots) => [
    ...compared(slots, ["WU"], /@ free/),
    derived("ratio", ratioOf(slots), { units: ["times", "fraction"], where: /@ as heavy|@ the usual|@ of the usual/ }),
  ],
  "empty-block": run(
    /^(?=.*\b(?:of|among)(?: the)?(?: last)? #).*\b(?:empty\b|nothing but (?:their|its|the) coinbase\b)/,
  ),
  "pool-run": run(/^(?=.*\b(?:of|among)(?: the)?(?: last)? #).*\b(?:found|mined|went to|by|from)\b/),
  "hash-rate": (slots) => [
    ...compared(slots, ["H/s"]),
    fact(slots, "change", ["percent", "fraction"], { where: MOVED, not: /@ of the #/ }),
  ],
  "difficulty-outlook": (slots) => [
    fact(slots, "value", ["percent", "fraction"], { where: either(MOVED, /\bby (?:about|around|roughly) @/) }),
    fact(slots, "elapsed", ["seconds", "hours", "days"], { not: either(USUAL, INTENDED) }),
    fact(slots, "intended", ["seconds", "hours", "days"], { where: INTENDED }),
    fact(slots, "odds", ["bare"], { where: /\bat most one of @ periods\b/ }),
    fact(slots, "end", ["bare"], { where: /\b(?:at|in|with|from) block @/ }),
  ],
  "inflow-spike": flowSpike,
  "outflow-spike": flowSpike,
  "inflow-streak": leanFacts,
  "outflow-streak": leanFacts,
  "whale-accumulation": leanFacts,
  "whale-distribution": leanFacts,
  "reserve-change": (slots) => [
    fact(slots, "value", ["sats"], { not: either(USUAL, STOCK) }),
    fact(slots, "baseline", ["sats"], { where: USUAL, not: either(APART, BY) }),
    ...multiples(slots),
  ],
  "large-transfer": (slots) => [
    fact(slots, "value", ["sats"], { not: either(FEE, STOCK) }),
    fact(slots, "largest", ["sats"], { where: /\blargest part , @/ }),
    fact(slots, "fee", ["sats"], { where: FEE }),
    fact(slots, "inputs", ["inputs"], {}),
    fact(slots, "outputs", ["outputs"], {}),
    fact(slots, "hops", ["transactions", "bare"], { where: /\bpassed on in @/ }),
  ],
  "coin-days-destroyed": agedCoins("coin-days"),
  "revived-supply": agedCoins("sats"),
  dormancy: (slots) => [...compared(slots, ["days"], TOOK), ...multiples(slots)],
  "inscription-wave": wave("inscriptions"),
  "consolidation-wave": wave("consolidations"),
  "coinjoin-wave": wave("transactions"),
  "dormant-coins": (slots) => [fact(slots, "value", ["days"], { not: TOOK }), fact(slots, "moved", ["sats"], {})],
  "treasury-sale": poolOutflow,
  "miner-payout": poolOutflow,
  "pool-tag-mismatch": () => [],
};

/** Kinds that lead an insight of several; the age of the others is of their own. */
const LEADING: ReadonlySet<SignalKind> = new Set([
  "large-transfer",
  "dormant-coins",
  "revived-supply",
  "inflow-spike",
  "outflow-spike",
  "treasury-sale",
  "miner-payout",
]);

/** What signals of the same spending add to an insight that another kind leads. */
const sides: Rules = (slots) => [
  fact(slots, "age", ["days"], { where: /\b(?:for|after) @/, not: TOOK }),
  fact(slots, "revived", ["sats"], { where: /\bold coins\b/, not: USUAL }),
  fact(slots, "revivedUsual", ["sats"], { where: USUAL }),
  fact(slots, "ended", ["coin-days"], { not: USUAL }),
  fact(slots, "endedUsual", ["coin-days", "bare"], { where: USUAL }),
];

/** Every number that a text about an insight may state. */
export function factsOf(kind: SignalKind, slots: Slots): readonly Fact[] {
  const ofKind = [...RULES[kind](slots), ...(LEADING.has(kind) ? sides(slots) : [])];
  return [...ofKind, ...placeFacts(slots), ...countFacts(kind, slots), ...rankFacts(slots)].filter(
    (known) => known !== undefined,
  );
}

/** What was measured and what is usual, told apart by words like "usual" and "from". */
function compared(slots: Slots, units: readonly string[], not: RegExp = APART): (Fact | undefined)[] {
  const difference = Math.abs(number(slots, "value") - number(slots, "baseline"));
  return [
    fact(slots, "value", units, { not: either(USUAL, APART, BY, not) }),
    fact(slots, "baseline", units, { where: USUAL, not: either(APART, BY) }),
    derived("difference", difference, { units, where: either(APART, BY) }),
  ];
}

/** "the usual 1.9", of which the unit is clear. */
function bareBaseline(slots: Slots): Fact | undefined {
  return fact(slots, "baseline", ["bare"], { where: /\busual @/ });
}

function multiples(slots: Slots): (Fact | undefined)[] {
  return [derived("ratio", ratioOf(slots), { units: ["times"], where: MULTIPLE })];
}

function ratioOf(slots: Slots): number {
  return number(slots, "value") / number(slots, "baseline");
}

function percentChange(slots: Slots): number {
  return 100 * Math.abs(ratioOf(slots) - 1);
}
