import { type BlockVisitor, scanBlock, type TransactionView } from "./block-scanner.ts";
import { blockHashOf, hash256, type Sha256 } from "./hashes.ts";
import { HEADER_SIZE, meetsProofOfWork } from "./header.ts";
import { merkleRoot, merkleTree } from "./merkle.ts";
import type { Network } from "./networks.ts";
import { ParseError } from "./parse-error.ts";
import { txidBytes, wtxidBytes } from "./transaction-id.ts";

/** Start of the coinbase output that commits to the witnesses (BIP141): OP_RETURN, push 36, aa21a9ed. */
const COMMITMENT_START = [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed] as const;

/** Heights at which every coinbase must begin with its own height (BIP34, Core `chainparams.cpp`). */
const BIP34_HEIGHT = { mainnet: 227_931, testnet3: 21_111, testnet4: 1, signet: 1, regtest: 1, simnet: 1 } as const;

/**
 * Checks what a block says of itself, for blocks from a source that nobody vouches for: proof of work, merkle root,
 * witness commitment and, where BIP34 holds, the height in the coinbase.
 * @throws ParseError naming the field that is wrong
 */
export function checkBlock(block: Uint8Array, at: { height: number; network: Network }, sha256: Sha256): void {
  const collector = new HashCollector(block, sha256);
  const scanned = scanBlock(block, undefined, collector);
  const hash = blockHashOf(block.subarray(0, HEADER_SIZE), sha256);
  if (!meetsProofOfWork(hash, scanned.header.bits, at.network.powLimitBits)) {
    fail("header / bits", 72, `hash ${hash} does not meet the proof of work of ${at.network.name}`);
  }
  const tree = merkleTree(collector.txids, sha256);
  if (tree.mutated)
    fail("header / merkle root", 36, "is also that of a block with fewer transactions: some stand twice");
  if (!equal(tree.root, scanned.header.merkleRoot)) {
    fail("header / merkle root", 36, "is not the merkle root of the transactions");
  }
  checkWitnessCommitment(block, collector, sha256);
  const { start, end } = scanned.coinbaseScript;
  if (at.height >= BIP34_HEIGHT[at.network.name] && !startsWithHeight(block.subarray(start, end), at.height)) {
    fail("tx 0 / input 0 / script", start, `does not begin with the height ${at.height}`);
  }
}

function fail(path: string, offset: number, reason: string): never {
  throw new ParseError({ document: "block", path, offset }, reason);
}

class HashCollector implements BlockVisitor {
  readonly txids: Uint8Array[] = [];
  readonly wtxids: Uint8Array[] = [];
  anyWitness = false;
  coinbaseWitness: Uint8Array | undefined;
  /** The last output of the coinbase that looks like one is the commitment. */
  commitment: Uint8Array | undefined;
  readonly #block: Uint8Array;
  readonly #sha256: Sha256;

  constructor(block: Uint8Array, sha256: Sha256) {
    this.#block = block;
    this.#sha256 = sha256;
  }

  output(output: { scriptStart: number; scriptEnd: number }, tx: TransactionView): void {
    if (tx.index > 0 || output.scriptEnd - output.scriptStart < 38) return;
    if (COMMITMENT_START.some((byte, index) => this.#block[output.scriptStart + index] !== byte)) return;
    this.commitment = this.#block.subarray(output.scriptStart + 6, output.scriptStart + 38);
  }

  transaction(tx: TransactionView): void {
    this.txids.push(txidBytes(this.#block, tx, this.#sha256));
    this.wtxids.push(tx.index === 0 ? new Uint8Array(32) : wtxidBytes(this.#block, tx, this.#sha256));
    if (tx.hasWitness) this.anyWitness = true;
    if (tx.index === 0 && tx.hasWitness) this.coinbaseWitness = this.#block.subarray(tx.outputsEnd, tx.end - 4);
  }
}

function checkWitnessCommitment(block: Uint8Array, collector: HashCollector, sha256: Sha256): void {
  if (collector.commitment === undefined) {
    if (collector.anyWitness) fail("tx 0 / outputs", HEADER_SIZE, "has no commitment to the witnesses");
    return;
  }
  const reserved = collector.coinbaseWitness;
  if (reserved === undefined || reserved.length !== 34 || reserved[0] !== 1 || reserved[1] !== 32) {
    // A commitment that commits to nothing is allowed while no transaction has a witness.
    if (collector.anyWitness) fail("tx 0 / witness 0", HEADER_SIZE, "is not one item of 32 bytes");
    return;
  }
  const root = merkleRoot(collector.wtxids, sha256);
  const committed = new Uint8Array(64);
  committed.set(root, 0);
  committed.set(reserved.subarray(2), 32);
  if (!equal(hash256(committed, sha256), collector.commitment)) {
    fail(
      "tx 0 / outputs / commitment",
      collector.commitment.byteOffset - block.byteOffset,
      "does not match the witnesses",
    );
  }
}

/** The height as the script would push it: OP_1…OP_16, else a minimal little-endian number. */
function startsWithHeight(script: Uint8Array, height: number): boolean {
  if (height <= 16) return script[0] === 0x50 + height;
  const bytes: number[] = [];
  for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  if ((bytes.at(-1) ?? 0) >= 0x80) bytes.push(0);
  return script[0] === bytes.length && bytes.every((byte, index) => script[index + 1] === byte);
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
