import { z } from "zod";
import { type BlockHash, HEADER_SIZE, type Txid } from "#bitcoin";
import { AppError, codeOf } from "#lib";
import type { BlockRef } from "../chain-source.ts";
import type { EsploraClient } from "./esplora-client.ts";

/**
 * The part of Esplora's HTTP API that is used here, which mempool.space's servers answer too.
 * Source: Blockstream/esplora `API.md`, mempool.space `/docs/api/rest`.
 */
const LIMITS = { text: 1_000, list: 4_000_000, block: 4_000_000, page: 64_000_000 } as const;

const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((hash) => hash as BlockHash);
const headerSchema = z.string().regex(new RegExp(`^[0-9a-f]{${HEADER_SIZE * 2}}$`));
const heightSchema = z.int().min(0).max(0x7fff_ffff);
const summarySchema = z.object({ id: hashSchema, height: heightSchema, tx_count: z.int().positive() });
const inputSchema = z.object({
  txid: z.string(),
  vout: z.int().min(0).max(0xffff_ffff),
  prevout: z
    .object({ scriptpubkey: z.string().regex(/^([0-9a-f]{2})*$/), value: z.int().min(0) })
    .nullish()
    .transform((prevout) => prevout ?? undefined),
});
const pageSchema = z.array(
  z.object({
    txid: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .transform((txid) => txid as Txid),
    vin: z.array(inputSchema),
  }),
);

export type EsploraInput = z.infer<typeof inputSchema>;
export type EsploraTransaction = z.infer<typeof pageSchema>[number];
export type BlockSummary = BlockRef & { readonly transactions: number };

/** Hash and height in one answer each of the same block: two questions for the tip may meet two tips. */
export async function fetchTip(client: EsploraClient, signal: AbortSignal): Promise<BlockSummary> {
  const hash = await fetchText(client, "/blocks/tip/hash", { what: "a block hash", schema: hashSchema, signal });
  return fetchSummary(client, hash, signal);
}

export async function fetchSummary(client: EsploraClient, hash: BlockHash, signal: AbortSignal): Promise<BlockSummary> {
  const path = `/block/${hash}`;
  const { id, height, tx_count } = await fetchJson(client, path, { what: "a block", schema: summarySchema, signal });
  if (id !== hash) throw wrongReply(client.address + path, `that of block ${hash}`);
  return { height, hash, transactions: tx_count };
}

/** `undefined` where the chain does not go up to there. */
export async function findHashAt(
  client: EsploraClient,
  height: number,
  signal: AbortSignal,
): Promise<BlockHash | undefined> {
  return unlessNotFound(
    fetchText(client, `/block-height/${height}`, { what: "a block hash", schema: hashSchema, signal }),
  );
}

/** The blocks at this height and a few below it (10 from Esplora, 15 from mempool.space); none where the server has no such list. */
export async function listBlocksFrom(
  client: EsploraClient,
  height: number,
  signal: AbortSignal,
): Promise<readonly BlockRef[]> {
  const asked = { what: "a list of blocks", schema: z.array(summarySchema), signal };
  const found = await unlessNotFound(fetchJson(client, `/blocks/${height}`, asked));
  return (found ?? []).map(({ id, height }) => ({ height, hash: id }));
}

export async function fetchHeader(client: EsploraClient, hash: BlockHash, signal: AbortSignal): Promise<Uint8Array> {
  const asked = { what: "a block header in hex", schema: headerSchema, signal };
  return Buffer.from(await fetchText(client, `/block/${hash}/header`, asked), "hex");
}

export async function fetchRawBlock(client: EsploraClient, hash: BlockHash, signal: AbortSignal): Promise<Uint8Array> {
  return client.fetch(`/block/${hash}/raw`, { limit: LIMITS.block, signal });
}

/** A page of the block's transactions, in their order, with the outputs that they spend. */
export async function fetchTransactions(
  client: EsploraClient,
  { hash, start }: { readonly hash: BlockHash; readonly start: number },
  signal: AbortSignal,
): Promise<readonly EsploraTransaction[]> {
  return fetchJson(client, `/block/${hash}/txs/${start}`, {
    what: "a page of transactions",
    schema: pageSchema,
    signal,
    limit: LIMITS.page,
  });
}

type Asked<Value> = {
  /** What a good answer is, for messages. */
  readonly what: string;
  readonly schema: z.ZodType<Value>;
  readonly signal: AbortSignal;
  readonly limit?: number;
};

async function fetchText<Value>(client: EsploraClient, path: string, asked: Asked<Value>): Promise<Value> {
  const bytes = await client.fetch(path, { limit: asked.limit ?? LIMITS.text, signal: asked.signal });
  const text = new TextDecoder().decode(bytes).trim();
  const parsed = asked.schema.safeParse(text);
  if (!parsed.success) throw wrongReply(client.address + path, asked.what, text);
  return parsed.data;
}

async function fetchJson<Value>(client: EsploraClient, path: string, asked: Asked<Value>): Promise<Value> {
  const bytes = await client.fetch(path, { limit: asked.limit ?? LIMITS.list, signal: asked.signal });
  const text = new TextDecoder().decode(bytes);
  const parsed = asked.schema.safeParse(jsonOf(text));
  if (!parsed.success) throw wrongReply(client.address + path, asked.what, text);
  return parsed.data;
}

/** `undefined`, which no schema here takes, where it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function unlessNotFound<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === "CHAIN_ESPLORA_NOT_FOUND") return undefined;
    throw error;
  }
}

function wrongReply(asked: string, what: string, text = ""): AppError {
  const start = text
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 40);
  const says = start === "" ? "" : `; it begins with "${start}"`;
  const message = `${asked} does not answer with ${what}${says}. Is this the address of an Esplora API?`;
  return new AppError("CHAIN_ESPLORA_REPLY", message, { retryable: true });
}
