/**
 * The simulated economy as a pure function: seed and state → what happens next: blocks with the outputs they spend,
 * what waits in between, branches that lose, and a ledger of what is true.
 * Deliberately not here: the clock, snapshots on disk, following the tip (the folder above).
 * Start with advance.ts. Who there is: people/; what they do: behaviour/; what it costs: demand/ and mempool/; how a
 * block comes to be: mining/; what is staged on purpose: staging/; what really happened: ledger/.
 */
export { advance, nextStepAt } from "./advance.ts";
export { Random, type RandomState } from "./chance/random.ts";
export { LEAST_FEE_RATE } from "./demand/fee-market.ts";
export { DENSITIES, type Density, type DensityName } from "./density.ts";
export { type LedgerEntry, takeEntries } from "./ledger/ledger.ts";
export { visibleMempool } from "./mempool/visible.ts";
export type { WaitingTransaction } from "./mempool/waiting-transaction.ts";
export { readGenesisText } from "./mining/genesis-text.ts";
export type { Happening } from "./mining/mine-block.ts";
export { type Entity, MINERS, simulatedName } from "./people/entities.ts";
export { createPopulation, namedScripts } from "./people/population.ts";
export { isStagedKind, KINDS, STAGED_KINDS, type StagedKind } from "./staging/kinds.ts";
export { mostMovable } from "./staging/payers.ts";
export { namesOf } from "./staging/start-event.ts";
export type { Intervention } from "./staging/staged-event.ts";
export { createWorld, type World } from "./world.ts";
