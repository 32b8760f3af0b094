import { type BlockHash, NETWORKS } from "#bitcoin";
import type { ChainBlock } from "#chain";
import { blockBytes, coinbase, keyScript, payment, spentBytes } from "../../test/fixtures/hand-built-block.ts";
import { extend, mineOn } from "../../test/fixtures/small-chain.ts";
import { startCoreNode, withMadeUpCoinHeights } from "../../test/helpers/core-node/index.ts";
import { answer, sharedClock } from "../workers.ts";

const COIN = 100_000_000;
const SMALL = 4;
/** Payments of two inputs and two outputs with witnesses that fill 1.6 MB. */
const PAYMENTS = 4_400;

/** A node with a chain of small blocks, and full ones that it announces one by one. */
export function playNode(): void {
  let advance: () => boolean = () => false;
  let height = SMALL - 1;
  answer({
    start: async ({ blocks }: { readonly blocks: number }) => {
      const chain = extend([], SMALL, "main");
      const full: ChainBlock[] = [];
      for (let index = 0; index < blocks; index += 1)
        full.push(buildFullBlock(SMALL + index, full.at(-1)?.hash ?? chain.at(-1)?.hash));
      const node = await startCoreNode({
        network: NETWORKS.regtest,
        // Without them the node could not say what a block spends, and whoever follows it would wait for that.
        chain: withMadeUpCoinHeights([...chain, ...full]),
        tip: SMALL - 1,
        version: 30,
        zmq: true,
        login: { user: "bench", password: "bench" },
      });
      advance = () => node.advance();
      return { source: node.source, bytes: full[0]?.bytes.length };
    },
    announce: () => {
      const at = sharedClock();
      advance();
      return { height: (height += 1), at };
    },
  });
}

function buildFullBlock(height: number, parent: BlockHash | undefined): ChainBlock {
  const transactions = [coinbase(height, [{ value: COIN, script: keyScript(9) }], "full")];
  for (let index = 0; index < PAYMENTS; index += 1) {
    const value = COIN + height * 10_000 + index;
    const coin = { value, script: keyScript(index % 200) };
    const change = { value: value - 2_000 - (index % 500), script: keyScript((index + 7) % 200) };
    transactions.push(payment([coin, coin], [coin, change], true));
  }
  const bytes = blockBytes(transactions, 1_700_000_000 + height * 600);
  const hash = mineOn(bytes, parent);
  const origin = { block: `block ${height}`, spent: `spent outputs ${height}` };
  return { height, hash, bytes, spent: { bytes: spentBytes(transactions) }, origin };
}
