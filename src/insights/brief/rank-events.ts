import type { Insight } from "../insight.ts";
import type { BriefScore } from "./brief.ts";

export type RankedEvent<Each extends Insight> = {
  /** The insight that ranks highest of those about the event. */
  readonly lead: Each;
  readonly others: readonly Each[];
  readonly score: BriefScore;
};

/** What has no rank in its own history is taken as something that one block in ten passes. */
const SURPRISE_UNKNOWN = 1;

/** What claims nothing, or whose claims are not known well enough, is taken as even odds. */
const CONFIDENCE_UNKNOWN = 0.5;

/** Each event before it of the same category, and each about the same entity, halves what an event counts. */
const REPETITION = 0.5;

/** Events in the order of a brief: each time the one that counts most beside those that are chosen already. */
export function rankEvents<Each extends Insight>(events: readonly (readonly Each[])[]): readonly RankedEvent<Each>[] {
  const ranked: RankedEvent<Each>[] = [];
  let open = events.flatMap(strongestFirst);
  while (open.length > 0) {
    const [best] = open
      .map((event) => ({ ...event, score: scoreOf(event.lead, diversityOf(event.lead, ranked)) }))
      .toSorted((left, right) => right.score.product - left.score.product || inOrder(left.lead, right.lead));
    if (best === undefined) break;
    ranked.push(best);
    open = open.filter(({ lead }) => lead !== best.lead);
  }
  return ranked;
}

function strongestFirst<Each extends Insight>(event: readonly Each[]): { lead: Each; others: readonly Each[] }[] {
  const weight = (insight: Each): number => scoreOf(insight, 1).product;
  const [lead, ...others] = event.toSorted((left, right) => weight(right) - weight(left) || inOrder(left, right));
  return lead === undefined ? [] : [{ lead, others }];
}

function scoreOf(insight: Insight, diversity: number): BriefScore {
  const surprise = surpriseOf(insight);
  const confidence = insight.confidence ?? CONFIDENCE_UNKNOWN;
  return { surprise, confidence, diversity, product: surprise * confidence * diversity };
}

/** How many zeros "once in" has; what passed all of its history counts as once in one more than that. */
function surpriseOf({ surprise }: Insight): number {
  if (surprise === null) return SURPRISE_UNKNOWN;
  const passed = Math.max(1 - surprise.percentile / 100, 1 / (surprise.sampleSize + 1));
  return -Math.log10(passed);
}

function diversityOf(lead: Insight, chosen: readonly RankedEvent<Insight>[]): number {
  const actor = lead.evidence.subject?.actor;
  const alike = chosen.filter((event) => event.lead.category === lead.category).length;
  const ofTheSame = chosen.filter(
    (event) => actor !== undefined && event.lead.evidence.subject?.actor === actor,
  ).length;
  return REPETITION ** (alike + ofTheSame);
}

/** Where two count alike, as where nothing has a rank yet: what moves more bitcoin, the earlier block, the lower id. */
function inOrder(left: Insight, right: Insight): number {
  return satsOf(right) - satsOf(left) || left.height - right.height || (left.id < right.id ? -1 : 1);
}

function satsOf({ evidence }: Insight): number {
  const [measured] = evidence.metrics;
  return measured?.unit === "sats" ? measured.value : 0;
}
