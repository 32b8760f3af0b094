import { composeInsight, composeUpdate, isPublished, mergeInsights, type Publication } from "#insights";
import { sha256, VERSION } from "#lib";
import { type BlockRow, type Detection, type Quiet, silence } from "#signals";
import type { backfill } from "#store";

type Judging = {
  /** Has taken the blocks before, and takes this one. */
  readonly detection: Pick<Detection, "take" | "quiet" | "updates">;
  readonly simulated: boolean;
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
};

/** What a stored block says beside those before it, as when it was read: the same rules, the same words. */
export function judgeRow(
  { row, observed }: { readonly row: BlockRow; readonly observed: readonly Quiet[] },
  { detection, simulated, publication }: Judging,
): backfill.FoldedBlock {
  const { told: signals, quiet } = silence(detection.take(row), observed);
  const { features, flows } = row;
  const { labelVersion, labelCoverage } = flows;
  const madeBy = { program: VERSION, labelVersion, labelCoverage };
  const written = { blockTime: features.time, simulated, madeBy, sha256 };
  return {
    features,
    signals,
    quiet: [...detection.quiet, ...quiet],
    insights: mergeInsights(signals.map((signal) => composeInsight(signal, written))).filter(
      (insight) => publication === undefined || isPublished(insight, publication),
    ),
    updates: detection.updates
      .filter(({ now }) => !observed.some(({ kinds }) => kinds.includes(now.kind)))
      .map((update) => composeUpdate(update, written)),
  };
}
