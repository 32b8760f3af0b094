import type { Insight } from "../insight.ts";
import type { BriefItem, DatedBrief, Standing, Standings } from "./brief.ts";
import { writeDay, writeMoment } from "./day.ts";

const QUIET = [
  "Nothing stood out on this day.",
  "A quiet day: one event stood out.",
  "A quiet day: two events stood out.",
];

/** "Daily brief, 14 March 2026". */
export function titleOf({ brief }: DatedBrief): string {
  return `Daily brief, ${writeDay(brief.day)}`;
}

/** What network it is about; a simulated one is called so first. */
export function networkOf({ brief }: DatedBrief): string {
  return brief.simulated ? "Simulated network: nothing of this happened on Bitcoin." : `Network: ${brief.network}.`;
}

/** What the day held, in a sentence or two. */
export function overviewOf({ brief }: DatedBrief): string {
  const { blocks, events, items } = brief;
  if (blocks === null) return "No block of this day is stored, so nothing can be said about it.";
  const read = `${blocks.count.toLocaleString("en-US")} blocks (${blocks.first.toLocaleString("en-US")} to ${blocks.last.toLocaleString("en-US")}).`;
  const quiet = QUIET[events];
  if (quiet !== undefined) return `${quiet} ${read}`;
  const chosen = items.length === events ? "" : ` These are the ${items.length} that rank highest.`;
  return `${events.toLocaleString("en-US")} events stood out in ${read}${chosen}`;
}

/** When and out of what; a brief that was composed for one reader says so. */
export function provenanceOf({ publishedAt }: DatedBrief): string {
  return publishedAt === null
    ? "Composed from stored blocks, not published."
    : `Published ${writeMoment(publishedAt)} by the chain's clock.`;
}

/** How sure and how unusual, in words; parts that are not known are left out. */
export function figuresOf({ surprise, confidence, evidence }: Insight): readonly string[] {
  const rank = surprise === null ? "not ranked" : rankOf(surprise);
  // Insights of earlier versions do not say.
  const claim = evidence.claim ?? null;
  if (claim === null) return [rank];
  const sure =
    confidence === null
      ? "too few outcomes to say how sure"
      : `${Math.round(confidence * 100)} % of such claims came true`;
  return [rank, `claim: ${claim.text}`, sure];
}

/** "block 840,000, 2026-03-14 07:00 UTC". */
export function placeOf({ height, blockTime }: Insight): string {
  return `block ${height.toLocaleString("en-US")}, ${writeMoment(blockTime)}`;
}

/** What a brief tells of an insight, and of which block; those of earlier versions do not say the block of all. */
type Told = BriefItem["also"][number];

/**
 * Where an insight stands, if that is not where the brief tells it: it was taken back, or told anew of another block, where it
 * may have other numbers.
 */
export function changeOf<Known extends Standing>(
  { id, blockHash }: Told,
  standings: ReadonlyMap<string, Known>,
): Known | undefined {
  const standing = standings.get(id);
  if (standing === undefined || standing.status === "retracted") return standing;
  return blockHash === undefined || blockHash === standing.blockHash ? undefined : standing;
}

/** What a reader has to know before the rest; `undefined` where it stands as it is told. */
export function noticeOf(told: Told, standings: Standings): string | undefined {
  const change = changeOf(told, standings);
  if (change === undefined) return undefined;
  return change.status === "retracted"
    ? `Retracted since. ${change.reason ?? ""}`.trim()
    : `Restated since, ${placeNow(change)}.`;
}

/** A headline among others, with what became of it. */
export function markedHeadline(told: Told, standings: Standings): string {
  const change = changeOf(told, standings);
  if (change === undefined) return told.headline;
  const mark = change.status === "retracted" ? "retracted since" : `restated since, ${placeNow(change)}`;
  return `${told.headline} (${mark})`;
}

function placeNow({ height }: Standing): string {
  return `now in block ${height.toLocaleString("en-US")}`;
}

/** "Also seen as: Fees rose." */
export function alsoOf({ also }: BriefItem, standings: Standings): string {
  return `Also seen as: ${also.map((told) => markedHeadline(told, standings)).join("; ")}.`;
}

/** All insights of a brief, those that tell of the same event included. */
export function toldInBrief({ brief }: Pick<DatedBrief, "brief">): readonly Told[] {
  return brief.items.flatMap(({ insight, also }) => [insight, ...also]);
}

export function idsOfBrief(dated: Pick<DatedBrief, "brief">): readonly string[] {
  return toldInBrief(dated).map(({ id }) => id);
}

/** Some are compared with blocks, others with spans of blocks, so what of is left open. */
function rankOf({ percentile, sampleSize }: NonNullable<Insight["surprise"]>): string {
  const sample = sampleSize.toLocaleString("en-US");
  if (percentile === 100) return `above all ${sample} before it in its own history`;
  return `above ${(Math.floor(percentile * 10) / 10).toFixed(1)} % of the ${sample} before it in its own history`;
}
