import type { Entity } from "./label-lookup.ts";

/** What a transaction is to the entities in it: by whom coins are spent and who is paid. */
export type TransferKind = "deposit" | "withdrawal" | "in-house" | "inter-entity";

/**
 * What one entity received and spent in a block, in satoshis, each transaction netted first: what comes back to the
 * entity itself is in-house and neither inflow nor outflow. The fee falls on the spender.
 * Source: Glassnode's classes, Coin Metrics `FlowInEx`.
 */
export type EntityFlow = {
  readonly entity: Entity;
  /** Sum of what transactions brought it, net. */
  readonly inflow: number;
  /** Sum of what transactions took from it, net, fees included. */
  readonly outflow: number;
  /** What it paid to itself: of each transaction the smaller of what it spent and received. */
  readonly inHouse: number;
  /** Of the inflow what labelled entities lost in the same transactions, at most. */
  readonly interEntityIn: number;
  /** Of the outflow what labelled entities won in the same transactions, at most. */
  readonly interEntityOut: number;
  /** Paid to it by the coinbase. */
  readonly mined: number;
  /** Transactions that brought it something, net. */
  readonly deposits: number;
  /** Transactions that took something from it and paid somebody else. */
  readonly withdrawals: number;
  /** Transactions in which it spent and received. */
  readonly inHouseTransactions: number;
  /**
   * 0…1: how sure the labels are by which its coins were known, by their own words: the mean over what it spent, received and
   * mined, by value, in thousandths. Absent where no label says.
   */
  readonly certainty?: number;
};

/** The flows of a block, by the labels of one version. */
export type BlockFlows = {
  readonly labelVersion: number;
  /** Share of the block's value, spent and received, coinbase apart, whose owner is known; `null` of no value. */
  readonly labelCoverage: number | null;
  /** Owner of the coinbase's largest output. */
  readonly payoutEntity: Entity | null;
  /** By actor and kind, in their order. */
  readonly entities: readonly EntityFlow[];
};
