import type { Sha256 } from "#bitcoin";
import {
  type Calibration,
  Detection,
  type Detector,
  type EventUpdate,
  isTaughtBeforehand,
  type Signal,
} from "#signals";
import type { Recollected } from "../attribute.ts";
import { composeBlock } from "../compose-block.ts";
import { firstBlockOf, withClaimOf } from "../compose-update.ts";
import type { Insight, MadeBy } from "../insight.ts";
import { detectorsOf, lookBackOfKind } from "../look-back-of-kind.ts";
import { verifyText } from "../verify/index.ts";
import type { InsightBundle, PublishedInsight } from "./insight-bundle.ts";
import { type Difference, listDifferences } from "./list-differences.ts";

export type Replay = {
  /** Of the same id; `undefined` where nothing such stands out by these rows. */
  readonly insight: Insight | undefined;
  /** Empty: identical. */
  readonly differences: readonly Difference[];
  /** Rows that fall short of the look-back: the node's blocks begin there. */
  readonly missingRows: number;
};

type Means = {
  readonly sha256: Sha256;
  /** All there are unless told otherwise. */
  readonly detectors?: readonly Detector[] | undefined;
};

/** Folds the bundle's rows through the detector of its kind, writes the insight again and holds it against the published one. */
export function replayInsight(bundle: InsightBundle, means: Means): Replay {
  const { insight: published, rows, connected } = bundle;
  const composed = composeLast(bundle, means);
  const found = composed.find(({ id }) => id === published.id);
  const insight = found && claimedAsThen(found, bundle, means);
  const missingRows = connected ? Math.max(0, lookBackOfKind(published.kind) + 1 - rows.length) : 0;
  return { insight, differences: differencesOf(published, insight, composed), missingRows };
}

/** All that is told of the last block, of the insight's kind. */
function composeLast(bundle: InsightBundle, { sha256, detectors }: Means): readonly Insight[] {
  const { insight: published, chain, rows } = bundle;
  const { signals, updates, recollection } = foundInLast(bundle, detectors);
  // Earlier versions cite no block but their own, nor how sure labels were.
  const isTold = (published.evidence?.["attribution"] ?? null) !== null;
  const context = {
    blockTime: rows.at(-1)?.features.time ?? 0,
    simulated: chain.simulated,
    calibration: calibrationOf(bundle),
    madeBy: madeByOf(bundle),
    recollection: isTold ? recollection : undefined,
    lowestHeight: lowestOf(bundle),
    sha256,
  };
  const composed = composeBlock({ signals, updates }, context);
  return [...composed.insights, ...composed.updates];
}

/** Of an event that goes on after blocks were read below: its claim is that of when these were not known. */
function claimedAsThen(insight: Insight, bundle: InsightBundle, means: Means): Insight {
  const from = bundle.insight.evidence?.claim?.fromHeight;
  const first = bundle.rows[0]?.features.height ?? 0;
  if (typeof from !== "number" || from <= first || from > firstBlockOf(insight).height) return insight;
  const known = bundle.rows.filter(({ features }) => features.height >= from);
  const then = composeLast({ ...bundle, rows: known }, means).find(({ id }) => id === insight.id);
  return then === undefined ? insight : withClaimOf(then, insight);
}

/** Of insights that say how far was looked back; those of earlier versions do not. */
function lowestOf({ insight: { evidence }, rows }: InsightBundle): number | undefined {
  const says = [evidence?.madeBy, evidence?.claim].some((part) => typeof part?.fromHeight === "number");
  return says ? rows[0]?.features.height : undefined;
}

/**
 * What the chain's own outcomes had taught, as far as its node tells; `undefined` where more is known beforehand. It is of the
 * kind that was told first, whose claim it is: that may be one that is told beside the insight's own.
 */
function calibrationOf({ chain, insight, observedByThisNode }: InsightBundle): Calibration | undefined {
  const { calibration } = observedByThisNode;
  const also = insight.evidence?.["also"];
  const kinds = [insight.kind, ...(Array.isArray(also) ? also : [])];
  if (calibration !== null) return Object.fromEntries(kinds.map((kind) => [kind, calibration]));
  return isTaughtBeforehand(chain) ? undefined : {};
}

/** Which program wrote it is told, and no difference; what it says of labels follows from the last row. */
function madeByOf({ insight, rows }: InsightBundle): MadeBy | undefined {
  const program = programOf(insight);
  const flows = rows.at(-1)?.flows;
  if (program === undefined || flows === undefined) return undefined;
  return { program, labelVersion: flows.labelVersion, labelCoverage: flows.labelCoverage };
}

/** Version of the program that published an insight; `undefined` where it does not say. */
export function programOf({ evidence }: PublishedInsight): string | undefined {
  const { program } = evidence?.madeBy ?? {};
  return typeof program === "string" ? program : undefined;
}

type Found = {
  readonly signals: readonly Signal[];
  readonly updates: readonly EventUpdate[];
  readonly recollection: Recollected;
};

/** What is told of the last block, and what has grown in it. */
function foundInLast({ insight: { kind }, rows }: InsightBundle, detectors: Means["detectors"]): Found {
  const detection = new Detection(detectorsOf(kind, detectors));
  let signals: readonly Signal[] = [];
  for (const { features, transfers, flows } of rows) {
    const unwatched = transfers.map((transfer) => ({ ...transfer, watched: false }));
    signals = detection.take({ features, transfers: unwatched, flows });
  }
  return { signals, updates: detection.updates, recollection: detection.recollection };
}

/** Where another insight of the kind is found, its text says more than that this one is not. */
function differencesOf(
  published: InsightBundle["insight"],
  insight: Insight | undefined,
  others: readonly Insight[],
): Difference[] {
  if (insight !== undefined) {
    const { wording, ...text } = published;
    return [...listDifferences(text, insight), ...unbackedWords(wording, insight)];
  }
  const found = others.length === 0 ? "nothing of this kind" : others.map(({ headline }) => headline).join("; ");
  return [{ path: "insight", published: published.headline, recomputed: found }];
}

/** A model's text follows from no row; what the insight computed again does not back of it differs. */
function unbackedWords(wording: PublishedInsight["wording"], insight: Insight): Difference[] {
  return (["headline", "summary"] as const).flatMap((part) => {
    const text = wording?.[part];
    const [fault] = text === undefined ? [] : verifyText(text, insight);
    const recomputed = fault && `"${fault.quote}" ${fault.problem}`;
    return fault === undefined ? [] : [{ path: `wording.${part}`, published: text, recomputed }];
  });
}
