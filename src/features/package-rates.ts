import {
  type Chunk,
  displayHex,
  listChunks,
  Mempool,
  scanBlock,
  type Sha256,
  type SpentOutputs,
  type Txid,
  txidOf,
} from "#bitcoin";

type MinedBlock = { readonly block: Uint8Array; readonly spent: SpentOutputs };

/** Of a block's weight; cheaper than what lies above it nearly nothing got in. */
const LOW_SHARE = 0.05;

/**
 * Packages of a block, the coinbase apart, the cheapest first: what a miner got for what it had to take together.
 * @throws ParseError where the block cannot be read
 */
export function listPackages({ block, spent }: MinedBlock, sha256: Sha256): Chunk[] {
  // A block is a mempool that was mined whole: its packages are those of what waits.
  const mined = new Mempool(Number.MAX_SAFE_INTEGER);
  let parents: Txid[] = [];
  scanBlock(block, spent, {
    input: ({ scriptStart, scriptEnd }) => parents.push(spentTxid(block, scriptStart, scriptEnd)),
    transaction: (tx) => {
      const { index, totalIn, totalOut, weight } = tx;
      if (index > 0) mined.add({ txid: txidOf(block, tx, sha256), fee: totalIn - totalOut, weight, parents });
      parents = [];
    },
  });
  return listChunks(mined);
}

/** sat/vB: package fee rate below which 5 % of the block's weight lies; `null` where there are no packages. */
export function lowRateOf(packages: readonly Chunk[]): number | null {
  const wanted = LOW_SHARE * packages.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  for (const { feeRate, weight } of packages) {
    reached += weight;
    if (reached >= wanted) return feeRate;
  }
  return null;
}

/** Id of the transaction whose output the input spends: it stands before the output's index and the script's length. */
function spentTxid(block: Uint8Array, scriptStart: number, scriptEnd: number): Txid {
  const length = scriptEnd - scriptStart;
  const lengthBytes = length < 0xfd ? 1 : length <= 0xffff ? 3 : 5;
  const end = scriptStart - lengthBytes - 4;
  return displayHex(block.subarray(end - 32, end)) as Txid;
}
