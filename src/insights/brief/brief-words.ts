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

/** What a reader has to know before the rest: that it was taken back. */
export function retractionOf({ insight }: BriefItem, standings: Standings): string | undefined {
  const standing: Standing | undefined = standings.get(insight.id);
  if (standing?.status !== "retracted") return undefined;
  return `Retracted since. ${standing.reason ?? ""}`.trim();
}

/** Of all insights of a brief, those that tell of the same event included. */
export function idsOfBrief({ brief }: DatedBrief): readonly string[] {
  return brief.items.flatMap(({ insight, also }) => [insight.id, ...also.map(({ id }) => id)]);
}

/** Some are compared with blocks, others with spans of blocks, so what of is left open. */
function rankOf({ percentile, sampleSize }: NonNullable<Insight["surprise"]>): string {
  const sample = sampleSize.toLocaleString("en-US");
  if (percentile === 100) return `above all ${sample} before it in its own history`;
  return `above ${(Math.floor(percentile * 10) / 10).toFixed(1)} % of the ${sample} before it in its own history`;
}
