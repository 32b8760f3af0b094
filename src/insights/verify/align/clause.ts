import { conceptsOf } from "./concepts.ts";
import { PHRASES } from "./phrases.ts";

/** A part of a sentence between two marks or conjunctions, of which only what it means is kept. */
export type Clause = {
  readonly words: readonly string[];
  readonly isDenied: boolean;
  /** It says itself that it is possible only, or a condition. */
  readonly isModal: boolean;
  /** It gives a number to each of some. */
  readonly isEach: boolean;
  /** A number, a name, an id or a date stands in it. */
  readonly hasFact: boolean;
};

/** A part of a sentence between two semicolons or colons. */
export type Segment = {
  readonly clauses: readonly Clause[];
  readonly isHedged: boolean;
  readonly isConditional: boolean;
};

/** Words that join others and say nothing alone, and those of every place in the chain. */
const FREE = new Set(
  `a an the this that these those it its they them their there here who whose whom which what of in on at to from by for
  with into onto over between among during until than and or but is are was were be been being has have had having
  while where when although though however also even just such some now out up within yet whoever
  about around roughly approximately nearly almost close under
  block blocks number numbers count figure figures amount amounts value worth kept keep keeps saw sees judged measured
  stands stood stand utc simulated network would`.split(/\s+/),
);

const DENYING = /^(?:not|no|never|none|nothing|nobody|cannot|neither|nor|\w+n't)$/;
const MODAL = "may|might|could|can|whether|if|unless|should|possibly|perhaps|maybe";
const HEDGING = new RegExp(`\\b(?:${MODAL})\\b`);
const UNSAYING = new RegExp(`^(?:${MODAL}|either)$|${DENYING.source}`);
const FACT = /^(?:#|[A-Z]{2,})$/;

/** Where a clause says how something ranks in its history; which way is judged elsewhere. */
const RANK =
  /(?:\b(?:all|any|none)|#) of (?:the )?(?:\w+ ){0,2}#|\b(?:previous|earlier|preceding|last) #|# (?:(?:windows|spans|blocks|overlapping|of|as|many|such|a|counts|#) )*(?:before|earlier|previous|overlapping|spans|windows)\b|\bin (?:all|any|none)\b/;
const RANKING = new Set(
  `more less fewer smaller higher lower larger longer older steeper clearer further above below all any none nothing large
  many old exceeds exceeded held had span spans window windows previous earlier preceding last before length counts
  overlapping weeks`.split(/\s+/),
);

/** A sentence, whose numbers are `#` and whose names are in capitals, as clauses in segments. */
export function readSegments(plain: string): Segment[] {
  let said = ` ${plain
    .replaceAll(/'s\b/g, "")
    .replaceAll(/([.;:,()])/g, " $1 ")
    .replaceAll(/ +/g, " ")} `;
  for (const [phrase, meaning] of PHRASES) said = said.replaceAll(phrase, meaning);
  return said
    .split(/ [;:.!?–] | , and /)
    .map((segment) => ({
      isHedged: HEDGING.test(segment),
      isConditional: / (?:if|unless|should) /.test(` ${segment}`),
      clauses: segment
        .split(
          / (?:[,()]|and|but|while|where|whereas|although|though|which|when|compared (?:with|to)|against|versus|vs)(?= )/,
        )
        .map((clause) => readClause(HEDGING.test(segment) ? clause.replaceAll(" will ", " ") : clause))
        .filter(({ words, hasFact }) => words.length > 0 || hasFact),
    }))
    .filter(({ clauses }) => clauses.length > 0);
}

function readClause(clause: string): Clause {
  const isRank = RANK.test(clause);
  const words = clause.split(/\s+/).filter((word) => /[\w#]/.test(word));
  return {
    words: words.filter(
      (word) => !FACT.test(word) && !FREE.has(word) && !UNSAYING.test(word) && !(isRank && RANKING.has(word)),
    ),
    isDenied: !isRank && words.some((word) => DENYING.test(word)),
    isModal: HEDGING.test(clause),
    isEach: words.includes("#") && words.some((word) => word === "each" || word === "every"),
    hasFact: words.some((word) => FACT.test(word)),
  };
}

/** What words mean, all together. */
export function meaningOf(words: readonly string[]): Set<number | string> {
  return new Set(words.flatMap(conceptsOf));
}
