import { z } from "zod";
import type { BlockHash } from "#bitcoin";

const amount = z.number().nonnegative();
const count = z.int().nonnegative();

const mempoolInfo = z.object({
  loaded: z.boolean().optional(),
  size: count,
  /** Virtual bytes. */
  bytes: count,
  /** BTC. */
  total_fee: amount,
  /** BTC for 1,000 virtual bytes. */
  mempoolminfee: amount,
});

const projectedBlock = z.object({
  blockVSize: amount,
  nTx: count,
  /** Satoshis. */
  totalFees: amount,
  feeRange: z.array(amount),
  medianFee: amount.optional(),
});

const block = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/), height: count });

/** Those parts of a server's messages that are of use here; each message has some of them, and many others. */
const message = z.object({
  mempoolInfo: mempoolInfo.optional(),
  "mempool-blocks": z.array(projectedBlock).optional(),
  blocks: z.array(block).optional(),
  block: block.optional(),
});

export type ServerMempoolInfo = z.infer<typeof mempoolInfo>;
export type ServerBlock = z.infer<typeof projectedBlock>;
export type ServerTip = { readonly height: number; readonly hash: BlockHash };

export type ServerNews = {
  readonly info?: ServerMempoolInfo;
  readonly blocks?: readonly ServerBlock[];
  readonly tip?: ServerTip;
};

/** What is new in a message, or what is wrong with it ("has …"). */
export function readMessage(data: Readonly<Record<string, unknown>>): ServerNews | string {
  const parsed = message.safeParse(data);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    return `has another shape than mempool.space's: ${path} is missing or of another type`;
  }
  const { mempoolInfo: info, "mempool-blocks": blocks, blocks: mined = [], block: newest } = parsed.data;
  const highest = [...mined, ...(newest === undefined ? [] : [newest])].toSorted((a, b) => b.height - a.height)[0];
  return {
    ...(info === undefined ? {} : { info }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(highest === undefined ? {} : { tip: { height: highest.height, hash: highest.id as BlockHash } }),
  };
}
