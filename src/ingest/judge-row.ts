import { composeBlock, type Insight, isPublishedWith, type Publication } from "#insights";
import { sha256, VERSION } from "#lib";
import { type BlockRow, type Calibration, type Detection, type Quiet, silence } from "#signals";
import type { BlockToSave } from "#store";

export type Judging = {
  /** Has taken the blocks before, and takes this one. */
  readonly detection: Pick<Detection, "take" | "quiet" | "updates" | "recollection">;
  readonly simulated: boolean;
  /** What the chain's own outcomes have taught; absent where what is known beforehand counts. */
  readonly calibration?: Calibration | undefined;
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
};

export type JudgedRow = Pick<BlockToSave, "signals" | "quiet" | "insights" | "updates" | "publishable"> & {
  /** What each signal says by itself, in their order: several about one event become one insight, and each claims for itself. */
  readonly said: readonly Insight[];
};

/** What a block says beside those before it, whoever reads it and when: the same rules, the same words. */
export function judgeRow(
  { row, observed }: { readonly row: BlockRow; readonly observed: readonly Quiet[] },
  { detection, simulated, calibration, publication }: Judging,
): JudgedRow {
  const { told: signals, quiet } = silence(detection.take(row), observed);
  const { features, flows } = row;
  const { labelVersion, labelCoverage } = flows;
  const madeBy = { program: VERSION, labelVersion, labelCoverage };
  const { recollection } = detection;
  const { lowestHeight } = recollection;
  const written = { blockTime: features.time, simulated, calibration, madeBy, recollection, lowestHeight, sha256 };
  const silent = new Set(observed.flatMap(({ kinds }) => kinds));
  const grown = detection.updates.filter(({ now }) => !silent.has(now.kind));
  const { said, insights, updates } = composeBlock({ signals, updates: grown }, written);
  const passes = (insight: Insight) => publication === undefined || isPublishedWith(insight, said, publication);
  return {
    signals,
    quiet: [...detection.quiet, ...quiet],
    said,
    insights: insights.filter(passes),
    updates,
    // Whether they were published when they began is what was stored then, and not for today's tables to say.
    publishable: new Set(updates.filter(passes).map(({ id }) => id)),
  };
}
