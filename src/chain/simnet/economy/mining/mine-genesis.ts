import { recordBlock } from "../ledger/record-block.ts";
import { MINERS } from "../people/entities.ts";
import { allotGenesis } from "../people/genesis.ts";
import { creditCoinbase } from "../people/wallet.ts";
import type { World } from "../world.ts";
import { writeGenesisText } from "./genesis-text.ts";
import { awaitBlock } from "./await-block.ts";
import { retarget } from "./hash-power.ts";
import { EPOCH, rememberHeaderTime } from "./header-time.ts";
import type { Happening } from "./mine-block.ts";
import { sealBlock } from "./seal-block.ts";

/** Block 0, where the money comes from; it may be spent at once, because it has to begin somewhere. */
export function mineGenesis(world: World): Happening[] {
  const { seed, density, people, random, hashPower, tip } = world;
  const text = writeGenesisText({ seed, density: density.name });
  const rewards = allotGenesis(people, random, density);
  const { block, coinbaseTxid } = sealBlock({
    height: 0,
    prevHash: undefined,
    headerTime: EPOCH,
    bits: hashPower.bits,
    message: new TextEncoder().encode(text),
    rewards,
    transactions: [],
    coinHeights: new Uint32Array(0),
  });
  creditCoinbase(rewards, { txid: coinbaseTxid, height: 0 });
  tip.height = 0;
  tip.hash = block.hash;
  rememberHeaderTime(tip.headerTimes, EPOCH);
  retarget(hashPower, 0, EPOCH);
  awaitBlock(world);
  const [miner] = MINERS;
  if (miner !== undefined) recordBlock(world, [], miner);
  return [{ type: "connect", block }];
}
