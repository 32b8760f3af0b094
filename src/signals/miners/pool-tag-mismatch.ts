import type { Detector } from "../detector.ts";

/**
 * The coinbase carries the name of one pool and pays the labelled address of another. Exact: nothing is compared with
 * a history. Definition: docs/signals/pool-tag-mismatch.md.
 */
export const poolTagMismatch: Detector = {
  kind: "pool-tag-mismatch",
  lookBack: 0,
  detect({ features }) {
    const { height, blockhash, pool_disagrees, pool_by_address, pool_by_tag } = features;
    if (!pool_disagrees || pool_by_address === null || pool_by_tag === null) return [];
    return [
      {
        kind: "pool-tag-mismatch",
        height,
        blockhash,
        startHeight: height,
        subject: { actor: pool_by_address, kind: "pool" },
        other: { actor: pool_by_tag, kind: "pool" },
        direction: null,
        surprise: null,
        metrics: [
          {
            name: `Coinbases with the tag of ${pool_by_tag}`,
            unit: "count",
            value: 1,
            baseline: null,
            level: null,
          },
        ],
        transfers: [],
      },
    ];
  },
};
