import { type BlockHash, NETWORKS, subsidyAt } from "#bitcoin";
import type { ChainBlock } from "../../chain-source.ts";
import { BlockAssembly } from "./block-assembly.ts";
import { sealBlock } from "./block-sealing.ts";
import { timeOf } from "./chain-time.ts";
import { MINERS } from "./entities.ts";
import { consolidate, deposit, payUser } from "./everyday-payments.ts";
import { sweepDeposits, withdraw } from "./exchange-operations.ts";
import { drawTransactionCount, type FeeDemand, firstDemand, nextDemand } from "./fee-demand.ts";
import { allotGenesis } from "./genesis.ts";
import { poolPayouts } from "./pool-payouts.ts";
import { createPopulation, type Population } from "./population.ts";
import { Random } from "./random.ts";
import type { Scene } from "./scene.ts";
import { payTo, type TransactionDraft } from "./transaction-draft.ts";
import type { Wallet } from "./wallet.ts";
import { countWhaleTransfers, transferOfWhale } from "./whale-transfers.ts";

/** Goes into block 0: another version is another chain, so that stores and snapshots of the old one are not continued. */
const ECONOMY_VERSION = 1;

/** Everything that the next block depends on. */
export type Economy = {
  readonly seed: number;
  readonly people: Population;
  /** Height of the newest block; -1 before block 0. */
  height: number;
  /** Its hash; undefined before block 0. */
  tipHash: BlockHash | undefined;
  demand: FeeDemand;
};

type Action = () => TransactionDraft | undefined;

/** The economy before block 0. */
export function createEconomy(seed: number): Economy {
  const demand = firstDemand(randomFor(seed, 0, "demand"));
  return { seed, people: createPopulation(seed), height: -1, tipHash: undefined, demand };
}

/** Makes the next block and moves the economy on. Randomness is drawn anew for each height, so it need not be kept. */
export function makeBlock(economy: Economy): ChainBlock {
  const height = economy.height + 1;
  const random = randomFor(economy.seed, height, "block");
  const block = height === 0 ? makeGenesis(economy, random) : makeSuccessor(economy, height, random);
  economy.height = height;
  economy.tipHash = block.hash;
  return block;
}

function makeGenesis({ seed, people, tipHash }: Economy, random: Random) {
  const text = `utxoIQ simulated network ${ECONOMY_VERSION}, seed ${seed}: no real money`;
  return sealBlock(new BlockAssembly(0, random), {
    prevHash: tipHash,
    time: timeOf(0),
    message: new TextEncoder().encode(text),
    rewards: allotGenesis(people, random),
  });
}

function makeSuccessor(economy: Economy, height: number, random: Random) {
  const { seed, people, tipHash } = economy;
  const time = timeOf(height);
  economy.demand = nextDemand(economy.demand, randomFor(seed, height, "demand"), time);
  const assembly = new BlockAssembly(height, randomFor(seed, height, "signatures"));
  for (const action of planActions(seed, { height, people, demand: economy.demand, random })) {
    const draft = action();
    if (draft !== undefined) assembly.add(draft);
  }
  const { wallet, tag } = drawMiner(people, random);
  const reward = subsidyAt(height, NETWORKS.simnet) + assembly.fees;
  const rewards = [payTo(wallet, wallet.reusedScript(0), reward)];
  return sealBlock(assembly, { prevHash: tipHash, time, message: minerMessage(tag, random), rewards });
}

/** What is due comes first; everyday payments fill the rest; then all are shuffled. */
function planActions(seed: number, scene: Scene): readonly Action[] {
  const { random, height, demand } = scene;
  const actions: Action[] = [...sweepDeposits(scene), ...poolPayouts(scene)];
  const whales = countWhaleTransfers(seed, height, random);
  for (let count = 0; count < whales; count += 1) actions.push(() => transferOfWhale(scene));
  const wanted = drawTransactionCount(demand, random);
  while (actions.length < wanted) actions.push(drawEverydayAction(scene));
  return shuffle(actions, random);
}

/** What cannot be done (the user picked has no money) is tried with somebody else. */
function drawEverydayAction(scene: Scene): Action {
  const draw = scene.random.unit();
  const action = draw < 0.5 ? payUser : draw < 0.75 ? deposit : draw < 0.85 ? withdraw : consolidateOrPay;
  return () => action(scene) ?? action(scene) ?? payUser(scene);
}

function consolidateOrPay(scene: Scene): TransactionDraft | undefined {
  return consolidate(scene) ?? payUser(scene);
}

function shuffle<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, rank: random.unit() }))
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}

function drawMiner(people: Population, random: Random): { wallet: Wallet; tag: string } {
  let draw = random.below(MINERS.reduce((sum, miner) => sum + miner.share, 0));
  const found = MINERS.findIndex((miner) => {
    draw -= miner.share;
    return draw < 0;
  });
  const wallet = people.pools[found];
  const tag = MINERS[found]?.tags[0];
  if (wallet === undefined || tag === undefined) throw new RangeError("every miner has a wallet and a tag");
  return { wallet, tag };
}

function minerMessage(tag: string, random: Random): Uint8Array {
  return Uint8Array.of(...new TextEncoder().encode(tag), ...random.bytes(8));
}

function randomFor(seed: number, height: number, purpose: string): Random {
  return new Random(`simnet ${seed} ${purpose} ${height}`);
}
