/** Who mined the block, and what told us so. */
export type PoolAttribution = { readonly name: string; readonly by: "address" | "tag" };

/** What payout address and coinbase text each say. */
export type PoolEvidence = {
  readonly pool: PoolAttribution | null;
  readonly pool_by_address: string | null;
  readonly pool_by_tag: string | null;
  readonly pool_disagrees: boolean;
};
