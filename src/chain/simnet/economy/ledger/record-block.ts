import { NETWORKS, subsidyAt } from "#bitcoin";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import { EXCHANGES, type Miner } from "../people/entities.ts";
import { recordForgery, recordTransfer } from "../staging/staging.ts";
import type { World } from "../world.ts";
import type { ExcursionEntry } from "./ledger.ts";

/** A day. */
const BALANCE_BLOCKS = 144;

/** Far from the usual: a state beyond it is an excursion until it comes back to half of it. */
const FAR = { demand: 0.75, "hash rate": 0.3, leaning: 1.3 } as const;

/** Writes down what the block that is the tip now made true. */
export function recordBlock(world: World, transactions: readonly WaitingTransaction[], miner: Miner): void {
  for (const tx of transactions) if (tx.eventId !== undefined) recordTransfer(world, tx);
  recordForgery(world, miner);
  recordExcursions(world);
  if (world.tip.height % BALANCE_BLOCKS === 0) recordBalances(world);
}

function recordExcursions(world: World): void {
  const { demand, hashPower } = world;
  follow(world, "demand", null, demand.octaves + demand.surgeOctaves);
  follow(world, "hash rate", null, hashPower.octaves);
  for (const [index, leaning] of demand.leanings.entries()) {
    follow(world, "leaning", EXCHANGES[index]?.name ?? null, leaning);
  }
}

function follow({ ledger, tip }: World, state: ExcursionEntry["state"], entity: string | null, value: number): void {
  const key = `${state} ${entity}`;
  const running = ledger.excursions.get(key);
  if (running === undefined) {
    if (Math.abs(value) >= FAR[state]) ledger.excursions.set(key, { startHeight: tip.height, peak: value });
    return;
  }
  if (Math.abs(value) > Math.abs(running.peak)) running.peak = value;
  if (Math.abs(value) >= FAR[state] / 2) return;
  ledger.excursions.delete(key);
  const { startHeight, peak } = running;
  ledger.entries.push({ type: "excursion", state, entity, startHeight, endHeight: tip.height, peak });
}

function recordBalances({ ledger, tip, people }: World): void {
  const entities: Record<string, number> = {};
  let users = 0;
  for (const wallet of people.wallets) {
    const name = people.owners[wallet.id]?.name;
    if (name === undefined) users += wallet.confirmed;
    else entities[name] = (entities[name] ?? 0) + wallet.confirmed;
  }
  ledger.entries.push({ type: "balances", height: tip.height, issued: issuedAt(tip.height), users, entities });
}

/** Satoshis that all blocks up to this height created. Nothing is lost: what is burnt holds no value. */
function issuedAt(height: number): number {
  const { simnet } = NETWORKS;
  let issued = simnet.genesisSubsidy;
  for (let from = 1; from <= height;) {
    const eraEnd = (Math.floor(from / simnet.halvingInterval) + 1) * simnet.halvingInterval - 1;
    const to = Math.min(height, eraEnd);
    issued += (to - from + 1) * subsidyAt(from, simnet);
    from = to + 1;
  }
  return issued;
}
