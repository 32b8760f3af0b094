import { z } from "zod";
import { type BlockHash, blockHashOf, bytesFromDisplayHex, ByteWriter, type SpentOutputs } from "#bitcoin";
import { sha256 } from "#lib";
import { satsOfBtc } from "./amounts.ts";
import { JsonElements } from "./json-elements.ts";
import { type JsonCoin, readJsonTransaction } from "./json-transaction.ts";
import { type NodeError, notLikeCore } from "./rpc-errors.ts";

export type JsonBlock = {
  readonly height: number;
  readonly bytes: Uint8Array;
  /** Absent where the node did not tell what some input spends. */
  readonly spent: SpentOutputs | undefined;
};

/** The JSON-RPC reply to `getblock <hash> 3`, with the block instead of its JSON. */
export type BlockReply = {
  readonly id: unknown;
  readonly error: NodeError | undefined;
  /** @throws AppError `CHAIN_RPC_BAD_REPLY` where the answer is no block, or another than this one */
  block(hash: BlockHash): JsonBlock;
};

const headerSchema = z.object({
  height: z.int().min(0),
  version: z.int(),
  previousblockhash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  merkleroot: z.string().regex(/^[0-9a-f]{64}$/),
  time: z.int().min(0),
  bits: z.string().regex(/^[0-9a-f]{8}$/),
  nonce: z.int().min(0),
});

/** With a number in the place of each transaction. */
const replySchema = z.object({
  id: z.unknown().optional(),
  error: z.unknown().optional(),
  result: z.unknown().optional(),
});
const listSchema = z.object({ tx: z.array(z.literal(0)).min(1) });

const errorSchema = z.object({ code: z.int(), message: z.string() });

/**
 * Reads the reply as it comes in: each transaction goes into the bytes and its JSON is forgotten, so that neither the
 * text (about eight times the block) nor its objects are ever whole in memory.
 */
export async function readBlockReply(body: AsyncIterable<Uint8Array>): Promise<BlockReply> {
  const parts = new BlockParts();
  const elements = new JsonElements((json) => parts.addTransaction(json));
  for await (const piece of body) elements.write(piece);
  const reply = replySchema.safeParse(elements.end());
  if (!reply.success) throw notLikeCore("its answer to getblock is no reply");
  const { id, error, result } = reply.data;
  const parsedError = errorSchema.safeParse(error);
  return { id, error: parsedError.data, block: (hash) => parts.join(hash, result) };
}

/** The parts of a block, put together at the end: until then neither the header nor the count need be known. */
class BlockParts {
  readonly #transactions = new ByteWriter(1 << 20);
  readonly #spent = new ByteWriter(1 << 18);
  readonly #heights: number[] = [];
  #count = 0;
  #allSpentKnown = true;

  addTransaction(json: Buffer): void {
    const { bytes, coins } = readJsonTransaction(json, `tx ${this.#count} of its getblock`);
    this.#transactions.bytes(bytes);
    const spending = this.#count === 0 ? [] : coins;
    this.#spent.compactSize(spending.length);
    for (const coin of spending) this.#addSpent(coin);
    this.#count += 1;
  }

  #addSpent(coin: JsonCoin | undefined): void {
    if (coin === undefined) {
      this.#allSpentKnown = false;
      return;
    }
    const sats = satsOfBtc(coin.btc);
    if (sats === undefined) throw notLikeCore(`tx ${this.#count} of its getblock spends ${coin.btc} BTC`);
    this.#spent.u64(sats);
    this.#spent.sizedBytes(coin.script);
    this.#heights.push(coin.height);
  }

  join(hash: BlockHash, result: unknown): JsonBlock {
    const fields = headerSchema.safeParse(result);
    const list = listSchema.safeParse(result);
    if (!fields.success || list.data?.tx.length !== this.#count)
      throw notLikeCore("its answer to getblock is no block with transactions");
    const header = headerBytes(fields.data);
    if (blockHashOf(header, sha256) !== hash) throw notLikeCore(`asked for block ${hash} it gives another`);
    const spent = { bytes: joined(this.#count, this.#spent), coinHeights: Uint32Array.from(this.#heights) };
    return {
      height: fields.data.height,
      bytes: joined(this.#count, this.#transactions, header),
      spent: this.#allSpentKnown ? spent : undefined,
    };
  }
}

function headerBytes(header: z.infer<typeof headerSchema>): Uint8Array {
  const writer = new ByteWriter(80);
  writer.u32(header.version >>> 0);
  writer.bytes(bytesFromDisplayHex(header.previousblockhash ?? "00".repeat(32)));
  writer.bytes(bytesFromDisplayHex(header.merkleroot));
  writer.u32(header.time);
  writer.u32(Number.parseInt(header.bits, 16));
  writer.u32(header.nonce);
  return writer.toBytes();
}

function joined(count: number, parts: ByteWriter, before: Uint8Array = new Uint8Array()): Uint8Array {
  const writer = new ByteWriter(before.length + 5 + parts.length);
  writer.bytes(before);
  writer.compactSize(count);
  writer.bytes(parts.written());
  return writer.written();
}
