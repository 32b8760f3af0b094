import { type BlockHash, ByteWriter, hash256, merkleRoot, NETWORKS, writeTransaction } from "#bitcoin";
import type { ChainBlock } from "#chain";
import { sha256 } from "#lib";
import {
  blockBytes,
  coinbase,
  type HandBuiltTransaction,
  keyScript,
  payment,
  spentBytes,
} from "../../test/fixtures/hand-built-block.ts";
import { extend, mineOn } from "../../test/fixtures/small-chain.ts";
import { type CoreNode, startCoreNode, withMadeUpCoinHeights } from "../../test/helpers/core-node/index.ts";
import { answer, sharedClock } from "../workers.ts";

const COIN = 100_000_000;
const SMALL = 4;
/** Payments of two inputs and two outputs with witnesses that fill 1.6 MB. */
const PAYMENTS = 4_400;

/** A node with a chain of small blocks, and full ones that it announces one by one. */
export function playNode(): void {
  let node: CoreNode | undefined;
  let height = SMALL - 1;
  answer({
    start: async ({ blocks }: { readonly blocks: number }) => {
      const chain = extend([], SMALL, "main");
      const full: ChainBlock[] = [];
      for (let index = 0; index < blocks; index += 1)
        full.push(buildFullBlock(SMALL + index, full.at(-1)?.hash ?? chain.at(-1)?.hash));
      node = await startCoreNode({
        network: NETWORKS.regtest,
        // Without them the node could not say what a block spends, and whoever follows it would wait for that.
        chain: withMadeUpCoinHeights([...chain, ...full]),
        tip: SMALL - 1,
        version: 30,
        zmq: true,
        login: { user: "bench", password: "bench" },
      });
      return { source: node.source, bytes: full[0]?.bytes.length };
    },
    announce: () => {
      node?.prepareNext();
      const at = sharedClock();
      node?.advance();
      return { height: (height += 1), at };
    },
  });
}

function buildFullBlock(height: number, parent: BlockHash | undefined): ChainBlock {
  const transactions: HandBuiltTransaction[] = [];
  for (let index = 0; index < PAYMENTS; index += 1) {
    const value = COIN + height * 10_000 + index;
    const coin = { value, script: keyScript(index % 200) };
    const change = { value: value - 2_000 - (index % 500), script: keyScript((index + 7) % 200) };
    transactions.push(payment([coin, coin], [coin, change], true));
  }
  transactions.unshift(committing(coinbase(height, [{ value: COIN, script: keyScript(9) }], "full"), transactions));
  const bytes = blockBytes(transactions, 1_700_000_000 + height * 600);
  const hash = mineOn(bytes, parent);
  const origin = { block: `block ${height}`, spent: `spent outputs ${height}` };
  return { height, hash, bytes, spent: { bytes: spentBytes(transactions) }, origin };
}

const RESERVED = new Uint8Array(32);

/** With the output that commits to the witnesses of the others (BIP141). */
function committing(first: HandBuiltTransaction, others: readonly HandBuiltTransaction[]): HandBuiltTransaction {
  const root = merkleRoot([RESERVED, ...others.map(wtxidOf)], sha256);
  const commitment = hash256(Uint8Array.from([...root, ...RESERVED]), sha256);
  const output = { value: 0, script: Uint8Array.from([0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed, ...commitment]) };
  const inputs = first.inputs.map((input) => ({ ...input, witness: [RESERVED] }));
  return { ...first, inputs, outputs: [...first.outputs, output] };
}

function wtxidOf(transaction: HandBuiltTransaction): Uint8Array {
  const writer = new ByteWriter();
  writeTransaction(writer, transaction);
  return hash256(writer.toBytes(), sha256);
}
