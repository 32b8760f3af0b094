import type { SignalKind } from "#signals";
import type { Slots } from "../insight.ts";
import { either } from "./either.ts";

/** What a sentence of an insight must not say: the pattern, and what is wrong with it. */
export type Ban = { readonly pattern: RegExp; readonly problem: string };

/** Fixed expressions that name a direction and claim none. They are taken out before anything is judged. */
export const IDIOMS: readonly RegExp[] = [
  /\bup or down\b|\bdown or up\b|\beither way\b|\b(?:takes?|uses?|used|taking) up\b/g,
  /\bmakes? up for(?: it| this| that)?\b|\bup to block\b|\bin (?:all|total)\b/g,
  /\b(?:is|are|was|were) left out\b|\bleaving out\b|\bleft it out\b|\bset aside\b|\bleft out\b/g,
];

export const RISING =
  /\b(?:rose|rises?|risen|rising|climb(?:ed)?|jump(?:ed)?|increas(?:e|es|ed|ing)|grew|grows?|grown|gained|added|higher|highest|above|up|steeper)\b/;
export const FALLING =
  /\b(?:fell|falls?|fallen|falling|dropp?(?:s|ed|ing)?|decreas(?:e|es|ed)|declin(?:e|es|ed)|shrank|shrunk|eased|lower|lowest|below|down|less|lost|losing|loses?)\b/;

export const COMING =
  /\b(?:received|receives|took in|takes in|taken in|taking in|deposit(?:s|ed)?|inflows?|came in|gained|gains?|accumulat\w+)\b|\b(?:to|into|at|hit|reached) (?:an address of )?SUBJECT|SUBJECT (?:was paid|keeps receiving)/;
export const LEAVING =
  /\b(?:paid out|pays out|paying out|withdr\w+|outflows?|went out|lost|losing|loses?|sending)\b|\bleft\b|\b(?:leaves?|leaving|from|out of|by) SUBJECT|SUBJECT (?:(?:has|keeps) )?(?:sent|sends?|paid|pays|transferred|moved|saw # leave)/;

/** Who leads, hour by hour: the first that is said of it counts, the reverse comes after. */
export const CAME_MORE =
  /\bmore (?:\w+ )?(?:came|arrived|went to)|\binflows? (?:\w+ SUBJECT )?(?:led|exceeded|beat|outweighed)|\bkeeps (?:taking in|receiving|accumulating|gaining)|\b(?:received|took in|gained|gains) (?:more|coins)|\b(?:gained|gains|ahead) in #|\breceiv\w+ (?:hours )?(?:outweigh\w*|outnumber\w*)/;
export const LEFT_MORE =
  /\bmore (?:\w+ )?(?:left|went out)|\boutflows? (?:\w+ SUBJECT )?(?:led|exceeded|beat|outweighed)|\bkeeps (?:paying out|sending|losing|distributing)|\b(?:sent|paid out|lost|loses) (?:more|coins)|\b(?:lost|loses) in #|\bsend\w+ (?:hours )?(?:outweigh\w*|outnumber\w*)/;
const CONTRADICTION =
  /^[^#]*\b(?:sent|received|took in|paid out) more\b[^#]*$|\b(?:received|took in) more than it (?:received|took in)|\b(?:sent|paid out) more than it (?:sent|paid out)|\bmore (?:\w+ )?came [^.;]*than came\b|\bmore (?:\w+ )?left [^.;]*than left\b/;

/** The one way is said before anything is said of the other. */
function firstOf(own: RegExp, other: RegExp): RegExp {
  return new RegExp(`^(?:(?!${own.source}).)*?(?:${other.source})|${CONTRADICTION.source}`);
}

/** What a hash rate is not: miners that come and go, a difficulty that changed, blocks that were counted. */
const POWER =
  /\b(?:left|came|come back)\b|\btimes (?:fell|rose|dropped|climbed|grew|declined)\b|\bdifficulty (?:has |was |is )?(?:#|took|had|\w+ed\b|fell|rose|down|up|by)|\b(?:more|fewer) blocks\b/;

type Bans = (slots: Slots) => readonly Ban[];

const noRise: Ban = { pattern: RISING, problem: "says that something rose, and it fell" };
const noFall: Ban = { pattern: FALLING, problem: "says that something fell, and it rose" };

const noMean: Ban = { pattern: /\baverage\b|\b(?:the|a) mean\b/, problem: "calls a mean what is a median" };

/** A block's dormancy is the mean age of what it spends, and what is told the median of those: half of the blocks lie above. */
const noMeanOfAll: Ban = {
  ...noMean,
  pattern: /^(?!.*\bhalf of the blocks\b.*\bon average\b).*\baverage\b|\b(?:the|a) mean\b/,
};

const SINGLE: Ban = {
  pattern: /\blargest transfer\b|\b(?<!# of it (?:came|left|went) in )(?:one|single) (?:transfer|transaction)\b/,
  problem: "makes one transfer of many",
};

const LESS: Ban = { pattern: /\b(?:less|lower|fewer|smaller|below)\b/, problem: "says less of what was more" };

const byChange: Bans = (slots) => [isAbove(slots) ? noFall : noRise];
const upwards: Bans = () => [noFall];

const coming: Bans = () => [
  SINGLE,
  {
    pattern: /\bfrom (?:\w+ )*addresses\b|\bSUBJECT came\b|\bwithout its (?:labelled )?addresses\b/,
    problem: "says where coins came from",
  },
  { pattern: LEAVING, problem: "says that coins left, and they came" },
  LESS,
  {
    pattern: /\bleft an exchange\b|SUBJECT passed|\bSUBJECT(?: \S+)? (?:sent|paid|moved)\b/,
    problem: "says that coins left, and they came",
  },
];
const leaving: Bans = () => [
  SINGLE,
  {
    pattern: /\b(?:to|for|into) (?:\w+ )*addresses\b|\bSUBJECT left\b|\b(?:cannot|not) be traded\b(?! (?:there|at))/,
    problem: "says where coins went",
  },
  LESS,
  {
    pattern: either(COMING, /\bcame to an exchange\b|\bcoins (?:held )?at an exchange\b/),
    problem: "says that coins came, and they left",
  },
];

const BANS: Readonly<Record<SignalKind, Bans>> = {
  "fee-spike": () => [noFall, noMean],
  "fee-level": (slots) => [
    ...byChange(slots),
    noMean,
    {
      pattern:
        /\b(?:rose|risen|fell|fallen|dropped|climbed|increased|eased) (?:over|in|within|during) the last #|\bblock to block\b/,
      problem: "says of a day what is between days",
    },
  ],
  "mempool-flush": () => [
    {
      pattern:
        /\b(?:room|free|space)\b[^.]*\b(?:filled|taken|used)\b|\bused\b|\b(?:is|are|was|were) empty\b|\bfull\b|\bcame to\b|\btook\b|\bfullest block (?:of the day before )?(?:left|had)\b/,
      problem: "says that room was filled",
    },
  ],
  "block-interval": () => [
    noFall,
    {
      pattern:
        /\bafter block\b|\b(?:block|one) after\b|\bearlier than\b|\bblocks (?:came|arrived|took|waited)\b|\bheader times? [^,;]*\b(?:is|was|are|were) #/,
      problem: "says it of another block",
    },
  ],
  "block-fullness": (slots) => [
    ...byChange(slots),
    isAbove(slots)
      ? {
          pattern: /\bempty\b|\b(?<!unusually )full\b|\bless\b|\bonly #|\bcame to\b|\bleft\b/,
          problem: "says empty of a block that is full",
        }
      : {
          pattern:
            /\bfull\b|\b(?<!unusually )empty\b|\bheavier\b|\bcame to\b|\bleft\b|\bmore than (?:the |a )?(?:usual|week)|^[^.]*, more than the #/,
          problem: "says full of a block that is empty",
        },
  ],
  "empty-block": () => [
    {
      pattern:
        /\bof #(?: blocks)? (?:mined |found )?(?:by|of|from) SUBJECT|\bone pool\b|\bfull(?:er|est)?\b|\bbut #|\bmore than (?:their|its|the) coinbase/,
      problem: "says full of blocks that are empty",
    },
  ],
  "pool-run": upwards,
  "hash-rate": (slots) => [
    isAbove(slots)
      ? {
          pattern: either(FALLING, /\bslow(?:er|ly)\b|\bsmaller fall\b/, POWER),
          problem: "says the reverse of a hash rate that rose",
        }
      : {
          pattern: either(RISING, /\bfaster\b|\bquickly\b|\bsmaller rise\b/, POWER),
          problem: "says the reverse of a hash rate that fell",
        },
  ],
  "difficulty-outlook": (slots) => [
    {
      pattern: /\bhash rate (?:\w+ )?(?:#|fell|falls|rose|rises|dropp?s?|climbed|grew|declined)/,
      problem: "says of the hash rate what is of the difficulty",
    },
    isAbove(slots)
      ? { pattern: either(FALLING, /\bslow(?:er|ly)\b/), problem: "says the reverse of a difficulty that rises" }
      : { pattern: either(RISING, /\b(?:faster|quickly)\b/), problem: "says the reverse of a difficulty that falls" },
  ],
  "inflow-spike": coming,
  "outflow-spike": leaving,
  "inflow-streak": () => [{ pattern: firstOf(CAME_MORE, LEFT_MORE), problem: "says that more left, and more came" }],
  "outflow-streak": () => [{ pattern: firstOf(LEFT_MORE, CAME_MORE), problem: "says that more came, and more left" }],
  "whale-accumulation": () => [
    { pattern: firstOf(CAME_MORE, LEFT_MORE), problem: "says that it sent more, and it received more" },
    { pattern: /\bdistribut/, problem: "says that it sent more, and it received more" },
  ],
  "whale-distribution": () => [
    { pattern: firstOf(LEFT_MORE, CAME_MORE), problem: "says that it received more, and it sent more" },
    { pattern: /\baccumulat/, problem: "says that it received more, and it sent more" },
  ],
  "reserve-change": (slots) => [
    ...byChange(slots),
    isAbove(slots)
      ? { pattern: /# less\b/, problem: "says less of a reserve that grew" }
      : { pattern: /# more\b/, problem: "says more of a reserve that shrank" },
  ],
  "large-transfer": ({ value, largest }) => [
    ...(largest?.value === value?.value
      ? []
      : [{ pattern: /\ball of\b|\bwhole\b|\bentire/, problem: "says all of what was a part" }]),
    {
      pattern:
        /\bRECEIVER (?:of \w+ )?(?:has |just )?(?:sent|sends|moved|paid|pays|transferred|passed)|\b(?:from|by|left|leaves) RECEIVER/,
      problem: "makes a sender of the one who received",
    },
    {
      pattern: /\ball (?:its|their|the)\b|# were (?:mined|found)\b/,
      problem: "says of coins what nobody counted",
    },
    { pattern: /\b(?:WINNER|SENDER) for #/, problem: "says what was bought" },
    {
      pattern:
        /\b(?:to|into|at|hit|reached)(?: an address of)? SENDER|SENDER (?:received|took in|was paid)|(?:paid|sent|gave) SENDER|\btransaction received|TXID ,? ?received/,
      problem: "makes a receiver of the one who sent",
    },
    {
      pattern:
        /\b(?:from|by|left|out of)(?: an address of)? WINNER|WINNER (?:(?:has|just) )?(?:sent|sends|moved|paid|pays|transferred|passed)|\bWINNER to SENDER/,
      problem: "makes a sender of the one who received",
    },
  ],
  "coin-days-destroyed": () => [
    { pattern: /# (?:, )?(?:is|are|was|were) #/, problem: "takes one number for another" },
    { pattern: /\b(?:to|into) SENDER|SENDER received/, problem: "makes a receiver of the one who sent" },
  ],
  "revived-supply": () => [
    {
      pattern:
        /\b(?:during|in|within|this|last|exactly|of) (?:(?:a|the|this|last|exactly|one) )*year\b|\b(?:is|was) a year\b/,
      problem: "says what the age of the coins does not",
    },
    { pattern: /\bwithin a year\b|\ball of them\b/, problem: "says what the age of the coins does not" },
    { pattern: /\b(?:to|into) SENDER|SENDER received/, problem: "makes a receiver of the one who sent" },
  ],
  dormancy: () => [noFall, noMeanOfAll],
  "inscription-wave": upwards,
  "consolidation-wave": upwards,
  "coinjoin-wave": () => [
    noFall,
    {
      pattern: /^(?!.*\b(?:like|look|looks|resembles?|likeness)\b).*\bcoinjoins?\b/,
      problem: "takes a likeness for a proof",
    },
  ],
  "dormant-coins": () => [
    {
      pattern: /\b(?<!nobody has )labelled\b|# were (?:mined|found)\b/,
      problem: "says of the owner what nobody knows",
    },
  ],
  "treasury-sale": () => [
    { pattern: /\bunlabelled\b/, problem: "makes unlabelled owners of labelled ones" },
    {
      pattern:
        /\b(?:to|into) SUBJECT|SUBJECT (?:received|was paid|took)|\breceived by SUBJECT|\bowners (?:sent|paid|moved)/,
      problem: "makes a receiver of the one who sent",
    },
  ],
  "miner-payout": () => [
    {
      pattern: /^(?=.*#).*\b(?:an?|one) (?:unlabelled )?(?:owner|address)\b/,
      problem: "makes one receiver of many",
    },
    { pattern: /\blabelled owners?\b/, problem: "makes labelled owners of unlabelled ones" },
    {
      pattern:
        /\b(?:to|into) SUBJECT|SUBJECT (?:received|was paid|took)|\breceived by SUBJECT|\bowners (?:sent|paid|moved)/,
      problem: "makes a receiver of the one who sent",
    },
  ],
  "pool-tag-mismatch": () => [
    {
      pattern:
        /\btag of SUBJECT|\bSUBJECT(?: '?s)? tag|\bpa(?:ys|id) (?:an address of )?another pool|\bname[sd]? SUBJECT|\bclaims SUBJECT|\b(?:went|goes|paid|pays|belongs) (?:to )?another (?:pool|address)\b|\banother pool (?:pays|paid|received|was|mined|found)\b|SUBJECT (?:pays|paid|wrote|put|writes|claims|names)|\bpa(?:ys|id) (?:an address of )?OTHER|\baddress of OTHER|OTHER (?:received|was paid)|(?<!\btag (?:\w+ )?)\b(?:to|for|by|from) OTHER/,
      problem: "takes the tag for the payout",
    },
  ],
};

/** How long something took, where a kind has no such span. */
const SPAN: Ban = {
  pattern: /\b(?:within|in|over|for|per|half) (?:an?|one|the last) (?:hour|day|week|year)s?\b/,
  problem: "names a span of time that nothing backs",
};
const SPANS: Partial<Readonly<Record<SignalKind, RegExp>>> = {
  "reserve-change": /\b(?:within|in|over|for) a week\b/g,
  "revived-supply": /\bfor (?:over )?a year\b/g,
  "fee-level": /\bover the last day\b/g,
};

/** What would turn time round, whatever it is said of. */
const BACKWARDS: Ban = {
  pattern:
    /\bbefore (?:an average of )?(?:#|a year|(?:more than|over) a year|the (?:one|block) before|the previous|lying)|\b(?:is|are|was|were) came\b|\bleft to\b|# #|# (?:\w+ )?(?:before|earlier) (?:is|was|were|came to|had) #|\bwithout #|\b(?:more|larger) than all of the #|# (?:an?|per|each|every) (?:block|hour|day|year|time)\b/,
  problem: "turns a sequence or a way round",
};

/** Coins were counted in all, not in the hours of one way. */
const HOURLY: Ban = {
  pattern: /\bin (?:them|these|those|such)\b|\bper hour\b|\bhourly\b/,
  problem: "says of some hours what is of all",
};

/** What a sentence about a kind of insight says and must not, by the way it went. */
export function bansOf(kind: SignalKind, slots: Slots, sentence: string): readonly Ban[] {
  const rest = SPANS[kind] === undefined ? sentence : sentence.replaceAll(SPANS[kind], " ");
  const bans = [BACKWARDS, ...(slots["ups"] === undefined ? [] : [HOURLY]), ...BANS[kind](slots)].filter(
    ({ pattern }) => pattern.test(sentence),
  );
  return SPAN.pattern.test(rest) ? [SPAN, ...bans] : bans;
}

/** Whether what was measured rose, or lies above the usual. */
export function isAbove({ value, baseline, change }: Slots): boolean {
  // A change beside which nothing is usual bears its sign.
  if (change !== undefined && (change.unit === "sats" || baseline === undefined)) return Number(change.value) > 0;
  return Number(value?.value) > Number(baseline?.value);
}
