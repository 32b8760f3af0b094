/**
 * Reads real blocks with the outputs they spend, summing amounts and fees, beside bitcoinjs-lib's mere parsing of the
 * same blocks. First the results must be right, then the two are timed in turns.
 */
import assert from "node:assert/strict";
import { Block } from "bitcoinjs-lib";
import { type BlockVisitor, scanBlock } from "#bitcoin";
import { type RealBlockFile, readRealBlockFiles } from "./real-block-files.ts";
import { medianOf } from "./median-of.ts";

const ROUNDS = 21;
const WARM_UP_ROUNDS = 5;

type Sums = { transactions: number; outputs: number; outputSats: number; fees: number };

function scan({ block, spent }: RealBlockFile): Sums {
  const sums: Sums = { transactions: 0, outputs: 0, outputSats: 0, fees: 0 };
  const visitor: BlockVisitor = {
    output: ({ value }) => {
      sums.outputs += 1;
      sums.outputSats += value;
    },
    transaction: ({ index, totalIn, totalOut }) => {
      sums.transactions += 1;
      if (index > 0) sums.fees += totalIn - totalOut;
    },
  };
  scanBlock(block, { bytes: spent }, visitor);
  return sums;
}

function parse({ block }: RealBlockFile): Block {
  return Block.fromBuffer(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
}

/** Returns the number of transactions, on which all agree. */
function assertRight(file: RealBlockFile): number {
  const where = `block ${file.height}`;
  const ours = scan(file);
  const transactions = parse(file).transactions ?? [];
  const outputs = transactions.flatMap((transaction) => transaction.outs);
  const outputSats = outputs.reduce((sum, { value }) => sum + value, 0n);
  assert.equal(ours.transactions, transactions.length, `${where}: transactions, ours and bitcoinjs-lib's`);
  assert.equal(ours.outputs, outputs.length, `${where}: outputs, ours and bitcoinjs-lib's`);
  assert.equal(BigInt(ours.outputSats), outputSats, `${where}: sum of outputs, ours and bitcoinjs-lib's`);
  if (file.expected === undefined) return ours.transactions;
  assert.equal(ours.transactions, file.expected.txs, `${where}: transactions, ours and Core's`);
  assert.equal(ours.fees, file.expected.totalfee, `${where}: fees, ours and Core's`);
  return ours.transactions;
}

type Side = { readonly passes: number; readonly countTransactions: (file: RealBlockFile) => number };

/** Seconds for one pass over all blocks; every pass has to see all transactions, so none can be optimised away. */
function timePass(files: readonly RealBlockFile[], transactions: number, { passes, countTransactions }: Side): number {
  let seen = 0;
  const started = performance.now();
  for (let pass = 0; pass < passes; pass += 1) for (const file of files) seen += countTransactions(file);
  const seconds = (performance.now() - started) / 1_000 / passes;
  assert.equal(seen, transactions * passes, "transactions seen while timing");
  return seconds;
}

/** So many passes over all blocks that a round of either takes about as long. */
const OURS: Side = { passes: 10, countTransactions: (file) => scan(file).transactions };
const THEIRS: Side = { passes: 1, countTransactions: (file) => parse(file).transactions?.length ?? 0 };

function measure(files: readonly RealBlockFile[], transactions: number): { ours: number; theirs: number } {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const [a, b] = [timePass(files, transactions, OURS), timePass(files, transactions, THEIRS)];
    if (round < 0) continue;
    ours.push(a);
    theirs.push(b);
  }
  return { ours: medianOf(ours), theirs: medianOf(theirs) };
}

export async function run(): Promise<Record<string, unknown>> {
  const files = readRealBlockFiles();
  const transactions = files.reduce((sum, file) => sum + assertRight(file), 0);
  const withTruth = files.filter(({ expected }) => expected !== undefined).length;
  const bytes = files.reduce((sum, { block }) => sum + block.length, 0);
  console.log(
    `${files.length} real blocks, ${(bytes / 1e6).toFixed(1)} MB, ${transactions} transactions; counts and output sums agree with`,
  );
  console.log(
    `bitcoinjs-lib in all of them, counts and fees with Bitcoin Core in the ${withTruth} that have its figures`,
  );
  const { ours, theirs } = measure(files, transactions);
  const speed = (seconds: number): number => bytes / 1e6 / seconds;
  console.log(
    `scanBlock, outputs and fees summed    ${speed(ours).toFixed(0).padStart(6)} MB/s of block bytes, median of ${ROUNDS} rounds`,
  );
  console.log(
    `bitcoinjs-lib Block.fromBuffer        ${speed(theirs).toFixed(0).padStart(6)} MB/s of block bytes, median of ${ROUNDS} rounds`,
  );
  console.log(`ratio ${(theirs / ours).toFixed(1)}`);
  return {
    megabytesPerSecond: Number(speed(ours).toFixed(1)),
    ratioToBitcoinjs: Number((theirs / ours).toFixed(2)),
    blocks: files.length,
  };
}
