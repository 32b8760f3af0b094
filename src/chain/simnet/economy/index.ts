/**
 * The simulated economy as a pure function: seed and state → the next block, its bytes and the outputs it spends.
 * Deliberately not here: the clock, snapshots on disk, following the tip (the folder above).
 * Start with economy.ts. Who there is: entities.ts; why fees move: fee-demand.ts; who pays whom: everyday-payments.ts,
 * exchange-operations.ts, pool-payouts.ts, whale-transfers.ts; how a block comes to be: block-assembly.ts, then
 * block-sealing.ts.
 */
export { heightAt, timeOf } from "./chain-time.ts";
export { createEconomy, type Economy, makeBlock } from "./economy.ts";
export { MINERS } from "./entities.ts";
export type { FeeDemand } from "./fee-demand.ts";
export type { Coin, Wallet } from "./wallet.ts";
