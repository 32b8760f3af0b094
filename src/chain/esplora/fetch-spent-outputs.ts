import { type BlockHash, ByteWriter, type SpentOutputs } from "#bitcoin";
import { AppError } from "#lib";
import type { BlockTransaction } from "./block-transactions.ts";
import { type EsploraInput, type EsploraTransaction, fetchTransactions } from "./esplora-api.ts";
import type { EsploraClient } from "./esplora-client.ts";

/** Transactions on a page: Esplora's, and those of a mempool instance that has no Esplora behind it. */
const PAGE_SIZES: readonly number[] = [25, 10];
const PAGES_AT_ONCE = 3;

type Asked = { readonly hash: BlockHash; readonly transactions: readonly BlockTransaction[] };

/** The outputs that a block spends, page by page, in the order of its own transactions, which the pages must have too. */
export async function fetchSpentOutputs(
  client: EsploraClient,
  asked: Asked,
  signal: AbortSignal,
): Promise<SpentOutputs> {
  const { hash, transactions } = asked;
  const writer = new ByteWriter();
  writer.compactSize(transactions.length);
  const fetchPage = (start: number): Promise<readonly EsploraTransaction[]> =>
    fetchTransactions(client, { hash, start }, signal);

  const first = await fetchPage(0);
  writePage(writer, { page: first, start: 0, size: pageSize(first.length, asked) }, asked);
  const size = first.length;
  for (let next = size; next < transactions.length; next += size * PAGES_AT_ONCE) {
    const starts = Array.from({ length: PAGES_AT_ONCE }, (_, index) => next + index * size);
    const wanted = starts.filter((start) => start < transactions.length);
    const pages = await Promise.all(wanted.map(fetchPage));
    for (const [index, page] of pages.entries()) {
      writePage(writer, { page, start: next + index * size, size }, asked);
    }
  }
  return { bytes: writer.toBytes() };
}

function pageSize(length: number, { transactions }: Asked): number {
  return PAGE_SIZES.find((size) => size === length) ?? Math.min(transactions.length, PAGE_SIZES[0] ?? length);
}

type Page = { readonly page: readonly EsploraTransaction[]; readonly start: number; readonly size: number };

function writePage(writer: ByteWriter, { page, start, size }: Page, { hash, transactions }: Asked): void {
  const own = transactions.slice(start, start + size);
  if (page.length !== own.length) {
    throw badPage(hash, `the page from transaction ${start} on holds ${page.length} of ${own.length}`);
  }
  for (const [index, transaction] of own.entries()) {
    const claimed = page[index];
    if (claimed?.txid !== transaction.txid) {
      throw badPage(hash, `transaction ${start + index} is ${transaction.txid}, not ${claimed?.txid}`);
    }
    writeSpent(writer, claimed.vin, { transaction, hash });
  }
}

function writeSpent(
  writer: ByteWriter,
  inputs: readonly EsploraInput[],
  { transaction, hash }: { readonly transaction: BlockTransaction; readonly hash: BlockHash },
): void {
  const { txid, outpoints } = transaction;
  writer.compactSize(outpoints.length);
  // A coinbase has one input, which spends nothing.
  if (outpoints.length === 0) return;
  if (inputs.length !== outpoints.length) {
    throw badPage(hash, `${txid} has ${outpoints.length} inputs, not ${inputs.length}`);
  }
  for (const [index, { txid: spentTxid, vout, prevout }] of inputs.entries()) {
    const at = `input ${index} of ${txid}`;
    if (`${spentTxid}:${vout}` !== outpoints[index]) throw badPage(hash, `${at} does not spend ${spentTxid}:${vout}`);
    if (prevout === undefined) throw badPage(hash, `the output that ${at} spends is missing`);
    writer.u64(prevout.value);
    writer.sizedBytes(Buffer.from(prevout.scriptpubkey, "hex"));
  }
}

function badPage(hash: BlockHash, reason: string): AppError {
  const message = `Block ${hash}, its transactions as the server tells them: ${reason}.`;
  return new AppError("CHAIN_ESPLORA_BAD_BLOCK", message, { details: { hash }, retryable: true });
}
