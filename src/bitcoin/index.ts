/**
 * The Bitcoin protocol as values: bytes → blocks, transactions, scripts, addresses, and back.
 * Pure: nothing is read, fetched or remembered, and the hash function is passed in.
 * Deliberately not here: where blocks come from (`chain`), who owns an address (`labels`), what it means (`features`).
 * Start with block-scanner.ts: one pass over a block and the outputs it spends.
 */
export { addressOf } from "./address.ts";
export { AddressError } from "./address-error.ts";
export { scanBlock } from "./block-scanner.ts";
export type { BlockVisitor, InputView, OutputView, ScannedBlock, TransactionView } from "./block-scanner.ts";
export type { WitnessView } from "./block-scanner.ts";
export { checkBlock } from "./check-block.ts";
export { checkSpentScripts } from "./check-spent-scripts.ts";
export { ByteWriter } from "./byte-writer.ts";
export { CompressedKeys } from "./compressed-key.ts";
export { type BlockHash, blockHashOf, bytesFromDisplayHex, displayHex, hash256 } from "./hashes.ts";
export type { Sha256, Txid } from "./hashes.ts";
export { difficultyOf, HEADER_SIZE, meetsProofOfWork, parseHeader, workOf } from "./header.ts";
export type { BlockHeader } from "./header.ts";
export { merkleRoot } from "./merkle.ts";
export { bucketOf, FEE_RATE_BOUNDS } from "./mempool/fee-rate-buckets.ts";
export { listChanged } from "./mempool/list-changed.ts";
export { type Chunk, listChunks } from "./mempool/list-chunks.ts";
export { Mempool } from "./mempool/mempool.ts";
export { type MedianBlock, recommendFees, type RecommendedFees } from "./mempool/recommend-fees.ts";
export { takeSnapshot } from "./mempool/take-snapshot.ts";
export type { FeeRateBucket, MempoolSnapshot, ProjectedBlock } from "./mempool/mempool-snapshot.ts";
export { COIN, type Network, type NetworkName, NETWORKS, subsidyAt } from "./networks.ts";
export { ParseError } from "./parse-error.ts";
export { classifyScript, isDust, isUnspendable, SCRIPT_TYPES, scriptTypeIndex, type ScriptType } from "./script.ts";
export { scriptOfAddress } from "./script-of-address.ts";
export type { SpentOutputs, SpentOutputView } from "./spent-outputs.ts";
export { decodeUndo } from "./undo.ts";
export { encodeUndo } from "./undo-encoding.ts";
export { hasWitness, writeStrippedTransaction, writeTransaction } from "./transaction-encoding.ts";
export type { Transaction, TransactionInput, TransactionOutput } from "./transaction-encoding.ts";
export { txidOf } from "./transaction-id.ts";
export { parseSnapshotHeader, SNAPSHOT_HEADER_SIZE, type SnapshotHeader } from "./utxo-snapshot/snapshot-header.ts";
export { type Sha256Stream, SnapshotParser, type SnapshotTotals } from "./utxo-snapshot/snapshot-parser.ts";
export type { UnspentOutputView } from "./utxo-snapshot/snapshot-parser.ts";
