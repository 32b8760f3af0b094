import type { SignalKind } from "#signals";
import { kindsOf } from "../kinds-of.ts";
import { misfitsOf, readOwnText } from "./align/align.ts";
import { overstatements, rankFaults } from "./caution.ts";
import { bansOf, IDIOMS } from "./directions.ts";
import type { Fact } from "./fact.ts";
import { factsOf } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { isKnownWord } from "./lexicon.ts";
import { isTrueRounding, type Quantity } from "./quantity.ts";
import { unmetNeeds } from "./needs.ts";
import { type Piece, readPieces, type Told } from "./read-mentions.ts";
import { focusOn, readSentences, type Sentence } from "./sentence.ts";

/** Characters. Ours have less than 700; the work grows with the square of a sentence. */
const LONGEST_TEXT = 1_000;

/**
 * What a text about an insight says that its evidence does not back; empty where it may be published. Pure. Every word
 * has to be one that is known, every number has to stand where its role stands, and what rose must not be said to have
 * fallen: see docs/reference/verifier.md for what it reads and what it cannot see.
 */
export function verifyText(text: string, told: Told): Finding[] {
  if (text.length > LONGEST_TEXT) return [{ offset: LONGEST_TEXT, quote: "", problem: "is longer than any insight" }];
  const pieces = readPieces(text, told);
  const sentences = readSentences(text, pieces);
  const facts = factsOf(told.kind, told.evidence.slots);
  if (pieces.length === 0) return [{ offset: 0, quote: "", problem: "says nothing" }];
  const checked = sentences.flatMap((sentence) => verifySentence(text, sentence, { told, facts }));
  // Of a text that is false anyhow it does not have to be known which of its words are too many.
  const found = checked.length > 0 ? checked : misfitsIn(text, sentences, told);
  return found.toSorted((left, right) => left.offset - right.offset);
}

type Ground = { readonly told: Told; readonly facts: readonly Fact[] };

function verifySentence(text: string, sentence: Sentence, { told, facts }: Ground): Finding[] {
  const kinds = kindsOf(told);
  const roles: string[] = [];
  const findings: Finding[] = [];
  for (const [place, piece] of sentence.pieces.entries()) {
    if (piece.type === "quantity") {
      const backed = rolesOf(piece, focusOn(text, sentence.pieces, piece), facts);
      if (backed.length === 0) findings.push(finding(text, piece, "is a number that nothing backs in this place"));
      roles.push(...backed);
    } else {
      const problem = problemOf(text, piece, { isFirst: place === 0, kinds });
      if (problem !== undefined) findings.push(finding(text, piece, problem));
    }
  }
  return [...findings, ...judge(text, { sentence, roles, told })];
}

/** Clauses that the insight's own text does not say. */
function misfitsIn(text: string, sentences: readonly Sentence[], told: Told): Finding[] {
  const own = readOwnText(told);
  return sentences.flatMap((sentence) => misfitsOf(sentence.plain, own).map((words) => misfit(text, sentence, words)));
}

/** What a number may be by its value, its unit and its place: one role, unless two happen to have the same value. */
function rolesOf(piece: Piece & { readonly quantity: Quantity }, sentence: string, facts: readonly Fact[]): string[] {
  return facts
    .filter(
      ({ units, value, where, not, floors }) =>
        units.includes(piece.quantity.unit) &&
        isTrueRounding(inUnitOf(piece.quantity, units), value, floors) &&
        where?.test(sentence) !== false &&
        not?.test(sentence) !== true,
    )
    .map(({ role }) => role);
}

const SCALES: Readonly<Record<string, number>> = {
  "hours as seconds": 3_600,
  "days as seconds": 86_400,
  "fraction as percent": 100,
};

/** Hours of a wait are seconds, and so are days; a third of what is counted in percent is a percentage. */
function inUnitOf(quantity: Quantity, [base]: readonly string[]): Quantity {
  const factor = SCALES[`${quantity.unit} as ${base}`] ?? 1;
  return {
    ...quantity,
    value: quantity.value * factor,
    step: quantity.step * factor,
    coarseStep: quantity.coarseStep * factor,
  };
}

const NEVER_SMALL = /^(?:BTC|UTC|CoinJoins?|CoinJoin-like|Bitcoin|WU)$/;

type Where = { readonly isFirst: boolean; readonly kinds: readonly SignalKind[] };

function problemOf(text: string, piece: Piece, { isFirst, kinds }: Where): string | undefined {
  if (piece.type === "wrong-date") return "is not when the block was mined";
  if (piece.type === "other") return "is nothing that a text about an insight holds";
  if (piece.type !== "word") return undefined;
  const word = text.slice(piece.offset, piece.offset + piece.length).replaceAll("’", "'");
  if (!isKnownWord(word.toLowerCase(), kinds)) return "is a word that no insight needs";
  const isName = /[A-Z]/.test(word) && !NEVER_SMALL.test(word) && !(isFirst && /^[A-Z][a-z'-]*$/.test(word));
  return isName ? "is a name that nothing backs" : undefined;
}

type Judged = { readonly sentence: Sentence; readonly roles: readonly string[]; readonly told: Told };

/** Directions, ranks, denials and readings of a sentence as a whole. */
function judge(text: string, { sentence, roles, told }: Judged): Finding[] {
  const { kind, evidence } = told;
  let rest = sentence.plain;
  for (const idiom of IDIOMS) rest = rest.replaceAll(idiom, " ");
  const bans = [...bansOf(kind, evidence.slots, rest), ...overstatements(sentence.plain, kind === "pool-tag-mismatch")];
  const problems = [
    ...bans.map(({ problem }) => problem),
    ...rankFaults(sentence.plain, roles, evidence.slots),
    ...unmetNeeds(kind, evidence.slots, { plain: sentence.plain, roles }),
  ];
  return problems.map((problem) => whole(text, sentence, problem));
}

/** A clause that the insight's own text does not say, at the first of its words that do not fit. */
function misfit(text: string, sentence: Sentence, words: readonly string[]): Finding {
  const problem = "says what the insight's own text does not";
  const piece = sentence.pieces.find(
    ({ type, offset, length }) => type === "word" && words.includes(text.slice(offset, offset + length).toLowerCase()),
  );
  return piece === undefined ? whole(text, sentence, problem) : finding(text, piece, problem);
}

function whole(text: string, { pieces }: Sentence, problem: string): Finding {
  const from = pieces[0]?.offset ?? 0;
  const last = pieces.at(-1);
  return { offset: from, quote: text.slice(from, (last?.offset ?? from) + (last?.length ?? 0)), problem };
}

function finding(text: string, { offset, length }: Piece, problem: string): Finding {
  return { offset, quote: text.slice(offset, offset + length), problem };
}
