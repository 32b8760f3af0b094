import type { Slots } from "../insight.ts";
import type { Ban } from "./directions.ts";

/** Ways to say that something is not known, not there or not a proof. What else is denied, the evidence does not deny. */
const DENIALS: readonly RegExp[] = [
  /\b(?:is|are) not (?:yet )?(?:known|identified)\b|\bdo(?:es)? not know\b|\bnot on the chain\b|\b(?:is|are) unknown\b/g,
  /\b(?:can ?not|can not) (?:yet )?be (?:told|seen|ranked|traded|identified|known)\b/g,
  /\b(?:does not|doesn't|do not|don't) (?:tell|say|show)\b|\bnothing on the chain (?:says|tells|shows)\b/g,
  /\bnot enough history\b|\bno fee was paid\b|\bno single\b|\bno proof\b|\bnot (?:a|as) proof\b|\bnothing but (?:their|its|the) coinbase\b/g,
  /\bnot (?:from|the work of) (?:a few|few)\b|\bnone of which stands out\b|\bconfirms? (?:nothing that waits|no waiting transactions)\b/g,
  /\bneither (?:side|party|the sender nor the receiver) is (?:known|identified)\b|\bnobody has labelled\b|\bthat nobody\b|\bby nobody\b/g,
  /\bnone of the (?:\w+ )*#|\bin none of the\b|\bmoved nothing as old\b|\bnot explained by their pace\b/g,
  /\bwhere usually there (?:is|are) none\b|\bweeks before (?:there were|it mined|it found) none\b|\bpace does not explain\b|\bthat (?:it|they) (?:does|do) not spend from\b|\bthat had not moved for\b|\bis no number\b/g,
];

const DENYING = /\b(?:not|no|never|none|nothing|nobody|cannot|neither|nor|n't|\w+n't)\b/;

/** What is one reading among others, or could not be seen, may be said only as such. */
const READINGS =
  /\b(?:(?:one|same|single) (?:owner|wallet)|wallets?|known|identified|proven|proof|left it out|to exchanges|sold|sales?|bought|traded?|payments?|payouts?|reshuffling|shifting|enough|its miners)\b/;
const CAUTION = /\b(?:may|might|could|can|cannot|whether|if|not|either|neither|nothing|possibly|perhaps|unknown)\b/;

/** "all", where nothing says of how many; what comes next; other exchanges than the one that is told of. */
const SWEEPING =
  /\ball\b|\b(?<!at )least\b|\b(?:is|was|are|were) exceeded\b|(?<!\b(?:in|with) )\bonly #|\b(?:another|other) exchanges?\b|\bnext\b(?! retarget)|\bfirst\b(?! (?:told|noticed|seen) in block)|\b(?<!at )most\b(?! of it)|\bas (?:(?:other|labelled|unlabelled) )?owners\b/;
const COUNTED =
  /\ball (?:of )?(?:the )?(?:(?:last|previous|preceding|earlier) )?#|\ball (?:from|saw|had)\b|\bin all\b(?! blocks)|\ball of (?:it|them)\b(?: (?:to|were|was|from|went))?|\bwhole\b/g;

function withoutCounted(sentence: string): string {
  return sentence.replaceAll(COUNTED, " ");
}

/** "Payout" is what a coinbase and a pool do. */
const PLAIN = /\bpayout(?: (?:address|goes|went|and))?\b/g;

/** Faults of any sentence, whatever it is about. `isTagged`: of a block whose payout is spoken of. */
export function overstatements(sentence: string, isTagged: boolean): Ban[] {
  let rest = sentence;
  for (const denial of DENIALS) rest = rest.replaceAll(denial, " ");
  const said = isTagged ? sentence.replaceAll(PLAIN, " ") : sentence;
  return [
    ...(DENYING.test(rest) ? [{ pattern: DENYING, problem: "denies what the evidence does not deny" }] : []),
    ...(SWEEPING.test(withoutCounted(sentence)) ? [{ pattern: SWEEPING, problem: "says more than was counted" }] : []),
    ...(READINGS.test(said) && !CAUTION.test(said)
      ? [{ pattern: READINGS, problem: "states as a fact what is one reading of it" }]
      : []),
  ];
}

const ALL = /\b(?:all|any|none) of the (?:last |previous |preceding |earlier )?#/;
const RANK_WORDS =
  /\b(?:more|longer|older|higher|steeper|clearer|bigger|larger|greater|further (?:above|below)(?: the usual)?(?: weight)?)(?: \w+){0,4} than\b|\babove #|\bexceed(?:s|ed)\b|\bnone of the\b|\bthe largest\b|\b(?:had|saw|were) (?:a )?(?:fewer|smaller)\b|\blower than in\b|\bnothing as old\b|\bclearer than\b|\bas (?:large|many|old)\b/;
const REVERSED =
  /\b(?:less|fewer|shorter|younger|lower|smaller|slower) (?:\w+ ){0,4}than (?:in|at|on|all|any|the largest|the median)\b|\bthan (?:less|fewer)\b|\b(?:had|saw|held) (?:an? )?(?:more|larger|bigger|steeper|longer)\b|\bwere more in\b|\b(?:less|fewer|lower|smaller|under|below) (?:than )?# of\b/;

/** Faults in how a sentence ranks what was measured in its history. `roles`: what its numbers are. */
export function rankFaults(
  sentence: string,
  roles: readonly string[],
  { percentile, value, baseline }: Slots,
): string[] {
  if (!roles.includes("sample") && !roles.includes("percentile")) return [];
  const isTop = percentile?.value === 100;
  const isBelow = Number(value?.value) < Number(baseline?.value);
  const reversed = sentence.replace(/\bnone of the .*$/, "");
  return [
    ...(roles.includes("percentile") && !roles.includes("sample") ? ["does not say of how many"] : []),
    ...(roles.includes("percentile") || isTop ? [] : ["ranks above all of a history, of which a part was higher"]),
    ...(ALL.test(sentence) && !isTop ? ["says all where it was a part"] : []),
    ...(RANK_WORDS.test(sentence) ? [] : ["does not say how it ranks"]),
    ...(REVERSED.test(reversed) && !(isBelow && /\blower than in\b/.test(sentence)) ? ["ranks it the wrong way"] : []),
    ...(/\bfurther above\b|\babove the usual\b/.test(sentence) && isBelow ? ["ranks it the wrong way"] : []),
    ...(/\bfurther below\b|\bbelow the usual\b/.test(sentence) && !isBelow ? ["ranks it the wrong way"] : []),
  ];
}
