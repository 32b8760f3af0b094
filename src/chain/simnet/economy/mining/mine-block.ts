import { type BlockHash, NETWORKS, subsidyAt } from "#bitcoin";
import type { BlockRef, ChainBlock } from "../../../chain-source.ts";
import type { Random } from "../chance/random.ts";
import { moveDemand } from "../demand/demand.ts";
import { watchBlocks } from "../demand/fee-market.ts";
import { recordBlock } from "../ledger/record-block.ts";
import { confirm } from "../mempool/mempool.ts";
import { fillTemplates, type Template } from "../mempool/template.ts";
import { type Miner, MINERS } from "../people/entities.ts";
import { keptScriptOf } from "../people/population.ts";
import { creditCoinbase, type Wallet } from "../people/wallet.ts";
import { forgedTag } from "../staging/effects.ts";
import { payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import { moveHashPower, retarget } from "./hash-power.ts";
import { headerTimeAt, rememberHeaderTime } from "./header-time.ts";
import { drawRaceDepth, type LoserPlan, type Race, startRace } from "./race.ts";
import { coinHeightsOf, sealBlock } from "./seal-block.ts";

/** What a node sees of the chain. */
export type Happening =
  | { readonly type: "connect"; readonly block: ChainBlock }
  | { readonly type: "disconnect"; readonly block: BlockRef };

/** Of all blocks: some are mined before a pool has looked at the mempool. */
const EMPTY_CHANCE = 1 / 300;
/** A miner's clock that is an hour ahead. */
const CLOCK_JUMP = { chance: 1 / 900, seconds: 3_600 } as const;

/** The block that is due at this moment, and what a node sees of it. */
export function mineBlock(world: World): Happening[] {
  const { random, mempool, density, tip } = world;
  const height = tip.height + 1;
  const depth = world.race === undefined ? drawRaceDepth(random, height) : 0;
  const templates = fillTemplates(mempool, Math.max(2, depth + 1), density.blockWeight);
  if (depth > 0 && tip.hash !== undefined) world.race = startRace({ ...tip, hash: tip.hash }, depth, templates);
  const isEmpty = random.chance(EMPTY_CHANCE);
  const seen = world.race === undefined ? [] : mineLoser(world, world.race);
  const block = mineOn(world, isEmpty ? [] : (templates[0]?.transactions ?? []));
  watchMarket(world, templates[isEmpty ? 0 : 1]);
  moveDemand(world.demand, random);
  moveHashPower(world.hashPower, random);
  return [...seen, ...show(world, block)];
}

function watchMarket({ market, density }: World, next: Template | undefined): void {
  if (next !== undefined) watchBlocks(market, next, density.blockWeight);
}

/** Mines the block of the branch that wins and makes it the tip. */
function mineOn(world: World, transactions: Template["transactions"]): ChainBlock {
  const { people, mempool, tip, hashPower } = world;
  const height = tip.height + 1;
  const { miner, wallet, message, clockAhead } = drawMiner(world);
  const headerTime = headerTimeAt(world.time, clockAhead, tip.headerTimes);
  const coinHeights = coinHeightsOf(transactions, height);
  const rewards = [payTo(wallet, keptScriptOf("pool", wallet, 0), rewardOf(height, transactions))];
  const { bits } = hashPower;
  const plan = {
    height,
    prevHash: tip.hash,
    headerTime,
    bits,
    message,
    rewards,
    transactions,
    coinHeights,
  };
  const { block, coinbaseTxid } = sealBlock(plan);
  for (const tx of transactions) confirm(mempool, tx, { height, wallets: people.wallets });
  creditCoinbase(rewards, { txid: coinbaseTxid, height });
  tip.height = height;
  tip.hash = block.hash;
  rememberHeaderTime(tip.headerTimes, headerTime);
  retarget(hashPower, height, headerTime);
  recordBlock(world, transactions, miner);
  world.race?.confirmed.push(...transactions);
  return block;
}

/** The next block of the losing branch: nobody owns what it creates. */
function mineLoser(world: World, race: Race): Happening[] {
  const plan = race.plans[race.losers.length];
  if (plan === undefined) return [];
  const block = sealLoser(world, race, plan);
  race.losers.push({ height: block.height, hash: block.hash });
  for (const tx of plan.transactions) race.seen.add(tx);
  return [{ type: "connect", block }];
}

function sealLoser(world: World, race: Race, { transactions, coinHeights }: LoserPlan): ChainBlock {
  const height = race.firstHeight + race.losers.length;
  const prevHash: BlockHash = race.losers.at(-1)?.hash ?? race.forkHash;
  const { wallet, message, clockAhead } = drawMiner(world);
  const rewards = [payTo(wallet, keptScriptOf("pool", wallet, 0), rewardOf(height, transactions))];
  // A second before the winner of the same height is found.
  const headerTime = headerTimeAt(world.time - 1, clockAhead, race.headerTimes);
  rememberHeaderTime(race.headerTimes, headerTime);
  const { bits } = world.hashPower;
  return sealBlock({ height, prevHash, headerTime, bits, message, rewards, transactions, coinHeights }).block;
}

/** While a race goes on the winner is kept back; its last block brings out all of them. */
function show(world: World, block: ChainBlock): Happening[] {
  const { race } = world;
  if (race === undefined) return [{ type: "connect", block }];
  race.withheld.push(block);
  if (race.withheld.length <= race.plans.length) return [];
  world.race = undefined;
  world.ledger.entries.push({ type: "reorg", forkHeight: race.firstHeight - 1, depth: race.losers.length });
  return [
    ...race.losers.toReversed().map((loser) => ({ type: "disconnect", block: loser }) as const),
    ...race.withheld.map((winner) => ({ type: "connect", block: winner }) as const),
  ];
}

function rewardOf(height: number, transactions: Template["transactions"]): number {
  return transactions.reduce((sum, { fee }) => sum + fee, subsidyAt(height, NETWORKS.simnet));
}

type Draw = {
  readonly miner: Miner;
  readonly wallet: Wallet;
  readonly message: Uint8Array;
  readonly clockAhead: number;
};

function drawMiner(world: World): Draw {
  const { random, people } = world;
  const index = random.pickWeighted(MINERS.map(({ share }) => share));
  const miner = MINERS[index];
  const wallet = people.pools[index];
  if (miner === undefined || wallet === undefined) throw new RangeError("every miner has a wallet");
  const jump = random.chance(CLOCK_JUMP.chance) ? CLOCK_JUMP.seconds : 0;
  const clockAhead = miner.clockAhead + random.between(-5, 5) + jump;
  return { miner, wallet, message: messageOf(forgedTag(world, miner) ?? miner.tag, random), clockAhead };
}

function messageOf(tag: string, random: Random): Uint8Array {
  const text = new TextEncoder().encode(tag);
  const message = new Uint8Array(text.length + 8);
  message.set(text);
  message.set(random.bytes(8), text.length);
  return message;
}
