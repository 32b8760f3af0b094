import { displayHex, listChunks, Mempool, scanBlock, type Txid, txidOf } from "#bitcoin";
import type { SimulatedStep } from "#chain";
import { sha256 } from "#lib";

/** Fee rates of a block by weight, sat/vB. */
export type BlockRates = { readonly p5: number; readonly p75: number };

/** A block as an estimator learns of it. */
export type ReplayBlock = {
  readonly height: number;
  readonly headerTime: number;
  /** Of its transactions, the coinbase apart. */
  readonly weight: number;
  /** By what a miner got for each package; `null` of an empty block. */
  readonly packages: BlockRates | null;
  /** By what each transaction paid itself, as `getblockstats` counts. */
  readonly transactions: BlockRates | null;
  /** In display hex. */
  readonly txids: ReadonlySet<string>;
};

type Connected = Extract<SimulatedStep["happenings"][number], { type: "connect" }>["block"];

type Row = { readonly feeRate: number; readonly weight: number };

export function describeBlock({ height, bytes, spent }: Connected): ReplayBlock {
  if (spent === undefined) throw new Error("fee rates need the outputs that the block spends");
  const rows: Row[] = [];
  const txids = new Set<string>();
  // A block is a mempool that was mined whole: its packages are those of what waits.
  const block = new Mempool(Number.MAX_SAFE_INTEGER);
  let parents: Txid[] = [];
  const { header } = scanBlock(bytes, spent, {
    input: ({ scriptStart, scriptEnd }) => parents.push(spentTxid(bytes, scriptStart, scriptEnd)),
    transaction: (tx) => {
      if (tx.index > 0) {
        const fee = tx.totalIn - tx.totalOut;
        const txid = txidOf(bytes, tx, sha256);
        rows.push({ feeRate: (4 * fee) / tx.weight, weight: tx.weight });
        block.add({ txid, fee, weight: tx.weight, parents });
        txids.add(txid);
      }
      parents = [];
    },
  });
  rows.sort((left, right) => left.feeRate - right.feeRate);
  const { weight } = block;
  const common = { height, headerTime: header.time, weight, txids };
  return { ...common, packages: ratesOf(listChunks(block), weight), transactions: ratesOf(rows, weight) };
}

/** Id of the transaction whose output the input spends: it stands before the output's index and the script's length. */
function spentTxid(block: Uint8Array, scriptStart: number, scriptEnd: number): Txid {
  const length = scriptEnd - scriptStart;
  const lengthBytes = length < 0xfd ? 1 : length <= 0xffff ? 3 : 5;
  const end = scriptStart - lengthBytes - 4;
  return displayHex(block.subarray(end - 32, end)) as Txid;
}

function ratesOf(rows: readonly Row[], weight: number): BlockRates | null {
  return rows.length === 0 ? null : { p5: rateAt(rows, 0.05 * weight), p75: rateAt(rows, 0.75 * weight) };
}

/** The first rate, from the lowest on, at which so much weight is reached. */
function rateAt(rows: readonly Row[], wanted: number): number {
  let reached = 0;
  const row = rows.find(({ weight }) => {
    reached += weight;
    return reached >= wanted;
  });
  return (row ?? rows.at(-1))?.feeRate ?? 0;
}
