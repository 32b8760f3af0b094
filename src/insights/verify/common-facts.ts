import type { SignalKind } from "#signals";
import type { Slots } from "../insight.ts";
import { either } from "./either.ts";
import type { Fact } from "./fact.ts";

const FROM =
  /(?:\b(?:blocks?(?: of)?|from|between)|\() @ (?:to|and|–) (?:block )?#|(?<!\bstood out )\bsince block @|\bfrom block @ on\b/;
const TO =
  /(?:\b(?:blocks?(?: of)?|from|between)|\() # (?:to|and|–) (?:block )?@|\b(?:up to|last of them ,?|the week to) block @|\bto block @/;
const TOLD = /\bstood out since block @|\bfirst (?:told|noticed|seen) in block @/;
const ALONE = /\bblocks? @(?! (?:to|and|–) (?:block )?#)/;

/** Heights: of the block itself, and of the first of the blocks that were looked at. */
export function placeFacts(slots: Slots): Fact[] {
  const { height, from, first } = slots;
  const units = ["bare"];
  const hasFrom = from !== undefined && from.value !== height?.value;
  return [
    ...(typeof height?.value === "number"
      ? [{ role: "height", units, value: height.value, where: hasFrom ? TO : ALONE, not: TOLD }]
      : []),
    ...(typeof first?.value === "number" ? [{ role: "first", units, value: first.value, where: TOLD }] : []),
    ...(hasFrom && typeof from.value === "number" ? [{ role: "from", units, value: from.value, where: FROM }] : []),
  ];
}

const OWN = new Set<SignalKind>(["empty-block", "pool-run"]);
const RANKED =
  /@ (?:blocks? )?(?:before|earlier|previous)|\b(?:previous|preceding|earlier) @|\b(?:all|any|none) of the @|%? of the @/;

/** "the 2,016 spans of 12 blocks before". */
const SPANS = /\b(?:spans|windows) of @/;

/** What a pool sent, in blocks of its own. */
export const SOLD_IN = /\b(?:SELLER|PAYER) sent # [^@#]*within @/;

/** How many blocks were looked at; a streak says hours instead. */
export function countFacts(kind: SignalKind, { blocks, ups, span }: Slots): Fact[] {
  if (OWN.has(kind) || ups !== undefined || typeof blocks?.value !== "number") return [];
  const basics = { role: "blocks", units: ["blocks"], value: blocks.value };
  return [
    { ...basics, where: SPANS },
    // The last blocks are those that were compared, where an event has gone on for longer.
    {
      ...basics,
      not: either(RANKED, SOLD_IN, ...(span === undefined || span.value === blocks.value ? [] : [/\blast @/])),
    },
  ];
}

const SAMPLE =
  /@(?: before| overlapping weeks| blocks| spans| windows| earlier| (?:previous|preceding))|\b(?:previous|preceding|last|earlier|among the) @/;
/** A share of the blocks before, and not of the room in some. */
const SHARE = /@ (?:of(?! (?:their|its|the) room\b)|saw|had)\b/;

/** The rank in a history, and how long that history is. */
export function rankFacts({ percentile, sample }: Slots): Fact[] {
  return [
    ...(typeof percentile?.value === "number"
      ? [{ role: "percentile", units: ["percent"], value: percentile.value, where: SHARE, floors: true }]
      : []),
    ...(typeof sample?.value === "number"
      ? [{ role: "sample", units: ["bare", "blocks", "weeks"], value: sample.value, where: SAMPLE, not: SPANS }]
      : []),
  ];
}
