import { displayHex, recommendFees, type RecommendedFees } from "#bitcoin";
import type { ReplayMoment } from "../replay.ts";
import { AUGUR_PROBABILITIES, type AugurSettings, type AugurSnapshot } from "./augur.ts";
import { bucketsOf, estimateAugur, keepDay, LEAST_AUGUR_TARGET, readState } from "./augur.ts";
import { CoreEstimator } from "./core.ts";
import { medianBlock, recommendPrecisely } from "./mempool-space.ts";

/** Somebody's published way to say what to pay, rebuilt from its description. */
export type Opponent = {
  /** What each of its estimates is called: one for each of its settings. */
  readonly names: readonly string[];
  /** Learns of the next moment; all of them come in order. */
  take(moment: ReplayMoment): void;
  /**
   * sat/vB by name and target: for inclusion within so many blocks from the newest moment on; `null` where it cannot
   * say. Targets ascend.
   */
  estimate(targets: readonly number[]): readonly (readonly (number | null)[])[];
};

/** Of the node that they all ask. */
export type NodeRules = AugurSettings;

export function listOpponents(rules: NodeRules): readonly Opponent[] {
  return [augur(rules), mempoolSpace(rules), core(rules)];
}

function augur(rules: NodeRules): Opponent {
  const snapshots: AugurSnapshot[] = [];
  return {
    names: AUGUR_PROBABILITIES.map((probability) => `augur ${probability.toFixed(2)}`),
    take: ({ time, height, waiting }) => {
      keepDay(snapshots, { time, height, weights: bucketsOf(waiting, rules) });
    },
    estimate: (targets) => {
      const state = readState(snapshots);
      // It takes targets from 3 on: of fewer blocks it could not simulate a part.
      const later = targets.filter((target) => target >= LEAST_AUGUR_TARGET);
      return AUGUR_PROBABILITIES.map((probability) => {
        const fees = state === undefined ? [] : estimateAugur(state, { targets: later, probability }, rules);
        return targets.map((target) => fees[later.indexOf(target)] ?? null);
      });
    },
  };
}

/** It names minutes, not blocks; what is meant for a day is its economy fee. */
function feeFor(target: number, fees: RecommendedFees): number {
  if (target <= 1) return fees.fastestFee;
  if (target <= 3) return fees.halfHourFee;
  return target <= 6 ? fees.hourFee : fees.economyFee;
}

function mempoolSpace(rules: NodeRules): Opponent {
  let newest: ReplayMoment | undefined;
  return {
    names: ["mempool.space recommended", "mempool.space precise"],
    take: (moment) => {
      newest = moment;
    },
    estimate: (targets) => {
      const projected = newest?.snapshot.projectedBlocks ?? [];
      const blocks = projected.map((block) => medianBlock(block, rules.blockWeight));
      return [recommendFees(blocks, rules.minFeeRate), recommendPrecisely(blocks, rules.minFeeRate)].map((fees) =>
        targets.map((target) => feeFor(target, fees)),
      );
    },
  };
}

function core(rules: NodeRules): Opponent {
  const estimator = new CoreEstimator();
  const ids = new Map<object, string>();
  const atLeast = (feePerKvb: number): number | null =>
    feePerKvb === 0 ? null : Math.max(feePerKvb / 1_000, rules.minFeeRate);
  return {
    names: ["core economical", "core conservative"],
    take: ({ height, connected, waiting }) => {
      for (const block of connected) estimator.connect(block.txids, block.height);
      const present = new Set<object>(waiting);
      for (const [tx, id] of ids) {
        if (present.has(tx)) continue;
        ids.delete(tx);
        estimator.drop(id);
      }
      for (const tx of waiting) {
        if (ids.has(tx)) continue;
        const id = displayHex(tx.txid);
        ids.set(tx, id);
        const feePerKvb = (1_000 * tx.fee) / Math.ceil(tx.weight / 4);
        estimator.enter({ id, feePerKvb, alone: tx.parents.length === 0 }, height);
      }
    },
    estimate: (targets) =>
      [false, true].map((conservative) =>
        targets.map((target) => atLeast(estimator.estimateSmartFee(target, conservative))),
      ),
  };
}
