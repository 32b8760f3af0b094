import { kindsOf } from "../../kinds-of.ts";
import { readPieces, type Told } from "../read-mentions.ts";
import { readSentences } from "../sentence.ts";
import { extrasOf } from "./also-said.ts";
import { readSegments, type Segment } from "./clause.ts";
import { misfitOf, type Said, saidBy } from "./misfits.ts";

export type OwnText = {
  readonly said: readonly Said[];
  /** Its sentences, as they stand. */
  readonly plains: ReadonlySet<string>;
};

/** What an insight's own text says, sentence by sentence. */
export function readOwnText(told: Told): OwnText {
  const extras = kindsOf(told).map((kind) => extrasOf(kind, told.evidence.slots));
  const [headline, summary] = [told.headline, told.summary].map((text) => readSentences(text, readPieces(text, told)));
  const plains = [...(headline ?? []), ...(summary ?? [])].map(({ plain }) => plain);
  const sentences = plains.map((plain) => readSegments(plain));
  const own = sentences.flat();
  const shared = [
    ...sentences
      .slice(0, headline?.length)
      .flatMap((segments) => segments.flatMap(({ clauses }) => clauses.flatMap(({ words }) => words))),
    ...extras.flatMap(({ words }) => words),
  ];
  const more = extras.flatMap((extra) => extra.sentences.flatMap((sentence) => readSegments(sentence)));
  return {
    plains: new Set(plains),
    said: [
      ...[...own, ...more].map((segment) => saidBy(segment)),
      ...sentences
        .filter((segments) => segments.length > 1 && !segments.some(hasFact) && segments.some(isOpen))
        .map(saidTogether),
      ...own.filter(hasFact).map((segment) => saidBy(segment, shared)),
    ],
  };
}

/** Of each clause of a sentence that no sentence of the insight's own text says: words that do not fit, if any. */
export function misfitsOf(plain: string, { said, plains }: OwnText): (readonly string[])[] {
  if (plains.has(plain)) return [];
  return readSegments(plain).flatMap(({ clauses, isHedged, isConditional }) =>
    clauses.flatMap((clause) => {
      // What happened is no condition of anything, and a number is of all, not of each.
      const misfit =
        (isConditional && clause.hasFact) || clause.isEach ? clause.words : misfitOf(clause, isHedged, said);
      return misfit === undefined ? [] : [misfit];
    }),
  );
}

/** A caution of two parts, "it may be one or the other; which is not known", may be said as one. */
function saidTogether(segments: readonly Segment[]): Said {
  return saidBy({
    clauses: segments.flatMap(({ clauses }) => clauses),
    isHedged: segments.some(({ isHedged }) => isHedged),
  });
}

/** Of what cannot be known. */
function isOpen({ clauses }: Segment): boolean {
  return clauses.some(({ words }) => words.includes("unknown"));
}

function hasFact({ clauses }: Segment): boolean {
  return clauses.some((clause) => clause.hasFact);
}
