import { displayHex, scanBlock, type Sha256, type SpentOutputs, type Txid, txidOf } from "#bitcoin";

/** What the next block was expected to hold, from what waited at one moment. */
export type ExpectedBlock = {
  /** Of the snapshot, unix seconds of the source's clock. */
  readonly time: number;
  /** Ids as `MempoolSnapshot.nextBlockTxids` has them. */
  readonly txids: Uint8Array;
  /** Satoshis that they pay. */
  readonly totalFee: number;
};

/**
 * How a block compares with the one that was expected. It says nothing of anyone's intent: a transaction may be missing
 * because the miner had not seen it, had a replacement of it, or began on the block before it came; one may be added
 * because it came after the snapshot, or because our node never saw it.
 */
export type BlockExpectation = {
  /** Unix seconds of the source's clock. */
  readonly snapshotTime: number;
  /** From the snapshot to the header's time. That one is the miner's clock, so it may be below 0. */
  readonly secondsBefore: number;
  /** Transactions of the expected block. */
  readonly expected: number;
  /** Transactions of the block, without its coinbase. */
  readonly mined: number;
  /** Those that are in both. */
  readonly matched: number;
  /** Expected, but not in the block: `expected - matched`. */
  readonly missing: number;
  /** The first of them in the order of their ids. */
  readonly missingTxids: readonly Txid[];
  /** In the block, but not expected: `mined - matched`. */
  readonly added: number;
  /** The first of them in the order of the block. */
  readonly addedTxids: readonly Txid[];
  /** Satoshis. */
  readonly expectedFee: number;
  /** Satoshis; `null` where the spent outputs are unknown. */
  readonly minedFee: number | null;
  /** `matched / expected`, 0 to 1; `null` where nothing was expected. */
  readonly matchRate: number | null;
};

/** So many transactions are named of each kind. */
export const NAMED_TXIDS = 50;

const TXID_BYTES = 32;

type MinedBlock = { readonly block: Uint8Array; readonly spent: SpentOutputs | undefined };

/** @throws ParseError where the block cannot be read */
export function compareWithExpected(
  { block, spent }: MinedBlock,
  { time, txids, totalFee }: ExpectedBlock,
  sha256: Sha256,
): BlockExpectation {
  const left = readTxids(txids);
  const expected = left.size;
  const addedTxids: Txid[] = [];
  let fee = 0;
  const { header, transactions } = scanBlock(block, spent, {
    transaction: (tx) => {
      if (tx.index === 0) return;
      fee += tx.totalIn - tx.totalOut;
      const txid = txidOf(block, tx, sha256);
      if (!left.delete(txid) && addedTxids.length < NAMED_TXIDS) addedTxids.push(txid);
    },
  });
  const mined = transactions - 1;
  const matched = expected - left.size;
  return {
    snapshotTime: time,
    secondsBefore: header.time - time,
    expected,
    mined,
    matched,
    missing: left.size,
    missingTxids: [...left].slice(0, NAMED_TXIDS),
    added: mined - matched,
    addedTxids,
    expectedFee: totalFee,
    minedFee: spent === undefined ? null : fee,
    matchRate: expected === 0 ? null : matched / expected,
  };
}

function readTxids(bytes: Uint8Array): Set<Txid> {
  const txids = new Set<Txid>();
  for (let at = 0; at < bytes.length; at += TXID_BYTES)
    txids.add(displayHex(bytes.subarray(at, at + TXID_BYTES)) as Txid);
  return txids;
}
