import { z } from "zod";
import { nextPage, pageOf } from "./paging.ts";
import { hex32, insight } from "./insights.ts";

const height = z.int().nonnegative();
const count = z.int().nonnegative();
const sats = z.number().meta({ description: "Satoshis" });
const entity = z.object({ actor: z.string(), kind: z.string() }).meta({ id: "Entity" });

/** `2031-01-14` or `2031-01-14T14:00:00Z`. */
export const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Of a span that is asked for by its length. */
export const daysOfSpan = z.coerce
  .number()
  .int()
  .min(1)
  .max(10_000)
  .optional()
  .meta({ description: "So many up to `to`; 30 by default" });

export const tip = z
  .object({ height, hash: hex32, time: z.iso.datetime().meta({ description: "Header time" }) })
  .meta({ id: "Tip" });

const blockLine = z
  .object({
    height,
    hash: hex32,
    time: z.iso.datetime().meta({ description: "Header time" }),
    pool: z.string().nullable().meta({ description: "null: nobody is known to have mined it" }),
    txs: count,
    size: count.meta({ description: "Bytes" }),
    weight: count.meta({ description: "Weight units; 4,000,000 at most" }),
    fees: sats.nullable().meta({ description: "Satoshis; null where the block came without spent outputs" }),
    feeRates: z
      .object({ low: z.number(), median: z.number(), high: z.number() })
      .nullable()
      .meta({ description: "10th, 50th and 90th percentile by weight, sat/vB" }),
    totalOut: sats.meta({ description: "Value of all outputs but the coinbase's, satoshis" }),
    subsidy: sats,
    signals: count.meta({ description: "What stood out in it" }),
  })
  .meta({ id: "BlockLine" });
export type BlockLine = z.infer<typeof blockLine>;

/** What a list of blocks can be sorted by; each but the height is asked of the newest blocks alone. */
const blockOrders = [
  "height",
  "time",
  "pool",
  "txs",
  "size",
  "weight",
  "fees",
  "low",
  "median",
  "high",
  "totalOut",
  "signals",
] as const;

/** Among so many of the newest blocks, as the store does it. */
const SORTED_BLOCKS = 10_000;

const order = `-?(?:${blockOrders.join("|")})`;

const heightOfRange = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 2)
  .optional();

export const listBlocksQuery = z.strictObject({
  ...pageOf({ most: 1_000, usual: 144 }),
  fromHeight: heightOfRange.meta({ description: "The lowest that is listed; not with sort" }),
  toHeight: heightOfRange.meta({ description: "The highest that is listed; not with sort" }),
  sort: z
    .string()
    .max(200)
    .regex(new RegExp(`^${order}(?:,${order})*$`), `some of ${blockOrders.join(", ")}, each with - before it to fall`)
    .optional()
    .meta({
      description: `Among the newest ${SORTED_BLOCKS}, by ${blockOrders.join(", ")}; - falls, further ones after commas; what is not known comes last`,
    }),
});

export const blockList = z.object({ blocks: z.array(blockLine), ...nextPage }).meta({ id: "BlockList" });
export type BlockList = z.infer<typeof blockList>;

/** A height or a hash. */
export const blockName = z
  .union([z.string().regex(/^\d{1,9}$/, "a height or a block hash"), hex32])
  .meta({ description: "A height, or a hash in display order" });

const entityFlow = z
  .object({
    ...entity.shape,
    inflow: sats,
    outflow: sats,
    inHouse: sats.meta({ description: "What it paid to itself, satoshis" }),
    mined: sats,
    deposits: count,
    withdrawals: count,
  })
  .meta({ id: "EntityFlow", description: "Each transaction netted first" });

export const transferLine = z
  .object({
    height,
    blockHash: hex32,
    time: z.iso.datetime(),
    txid: hex32,
    value: sats.meta({ description: "Paid to scripts that it does not spend from, satoshis" }),
    fee: sats,
    toAddress: z.string().nullable(),
    coinAgeDays: z.number().nullable().meta({ description: "Mean age of the spent coins by value" }),
    from: entity.nullable(),
    to: entity.nullable(),
    kind: z.enum(["deposit", "withdrawal", "in-house", "inter-entity"]).nullable(),
  })
  .meta({ id: "TransferLine" });
export type TransferLine = z.infer<typeof transferLine>;

const featureValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.array(z.number()),
  z.record(z.string(), z.number().nullable()),
  z.null(),
]);

export const labelVersion = z
  .int()
  .nonnegative()
  .nullable()
  .meta({ description: "Of the labels that were asked for by asOf; null: by the newest" });

export const block = z
  .object({
    line: blockLine,
    previous: hex32,
    connected: z.boolean().meta({ description: "false: one of a set of blocks, of which no chain is known" }),
    version: z.int(),
    bits: z.string().meta({ description: "Compact target, hexadecimal" }),
    features: z
      .record(z.string(), featureValue)
      .meta({ description: "Fields as docs/reference/features.md defines them; null where one is not known" }),
    labelVersion,
    labelCoverage: z.number().nullable().meta({ description: "Share of the moved value whose owner is known" }),
    flows: z.array(entityFlow).meta({ description: "By the newest labels, those that moved most first" }),
    transfers: z
      .array(transferLine)
      .meta({ description: "Of 100 BTC and more, or watched; the last 200 of the block" }),
    insights: z.array(insight),
  })
  .meta({ id: "Block" });
export type Block = z.infer<typeof block>;

/** A version of the labels, or a moment at which one was the newest. */
export const asOf = z
  .string()
  .refine(
    (text) => /^\d{1,9}$/.test(text) || moment.safeParse(text).success,
    "a version, or a moment such as 2026-01-31",
  )
  .optional()
  .meta({
    description: "As the labels were: a version of them, or a moment such as 2026-01-31; by the newest where left out",
  });

export const transfersQuery = z.strictObject({
  asOf,
  ...pageOf({ most: 200, usual: 50 }),
  minimum: z.coerce.number().int().nonnegative().default(0).meta({ description: "Satoshis" }),
});

export const transferList = z
  .object({
    labelVersion,
    transfers: z.array(transferLine),
    ...nextPage,
  })
  .meta({ id: "TransferList" });
export type TransferList = z.infer<typeof transferList>;

export const transactionId = hex32.meta({ description: "Of the transaction, in display order" });

/** What is stored of a transaction: large ones and watched ones alone are kept. */
export const transaction = z
  .object({
    transfer: transferLine,
    labelVersion,
    insights: z.array(insight).meta({ description: "Of its block, those that cite it" }),
  })
  .meta({ id: "Transaction" });
export type Transaction = z.infer<typeof transaction>;

export const windowQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(7).meta({ description: "Up to the newest stored block" }),
});

export const entitiesQuery = windowQuery.extend({ asOf });

const window = { from: z.iso.datetime(), to: z.iso.datetime() };

export const poolShares = z
  .object({
    ...window,
    blocks: count,
    pools: z.array(
      z.object({
        pool: z.string().nullable(),
        blocks: count,
        share: z.number().min(0).max(1),
        fees: sats.nullable(),
        emptyBlocks: count,
      }),
    ),
  })
  .meta({ id: "PoolShares" });
export type PoolShares = z.infer<typeof poolShares>;

export const entityList = z
  .object({
    ...window,
    labelVersion,
    entities: z.array(
      z.object({ ...entity.shape, inflow: sats, outflow: sats, mined: sats, deposits: count, withdrawals: count }),
    ),
  })
  .meta({ id: "EntityList" });
export type EntityList = z.infer<typeof entityList>;

export const entitySeriesQuery = z.strictObject({
  asOf,
  days: daysOfSpan,
  from: moment.optional().meta({ description: "Instead of days" }),
  to: moment.optional().meta({ description: "Not included; by default just after the newest block" }),
  resolution: z
    .enum(["auto", "hour", "day"])
    .default("auto")
    .meta({ description: "One point each; auto: by how long the time is" }),
});

export const entitySeries = z
  .object({
    actor: z.string(),
    kinds: z.array(z.object({ kind: z.string(), labels: count.meta({ description: "Scripts known to be its" }) })),
    ...window,
    resolution: z.enum(["hour", "day"]),
    labelVersion,
    points: z.array(
      z.object({
        time: z.iso.datetime(),
        inflow: sats,
        outflow: sats,
        mined: sats,
        deposits: count,
        withdrawals: count,
      }),
    ),
  })
  .meta({ id: "EntitySeries" });
export type EntitySeries = z.infer<typeof entitySeries>;
