import { z } from "zod";
import { hex32 } from "../insights.ts";

/** Answers under `/api/…` have the names of Esplora's API; a field that it has and we do not know is left out. */
const esploraBlockFields = {
  id: hex32,
  height: z.int().nonnegative(),
  version: z.int(),
  timestamp: z.int().meta({ description: "Header time, unix seconds" }),
  tx_count: z.int().positive(),
  size: z.int().positive(),
  weight: z.int().positive(),
  previousblockhash: hex32.nullable().meta({ description: "null: it is block 0" }),
  mediantime: z.int().nullable().meta({ description: "null where its parents are not stored" }),
  bits: z.int().positive(),
  difficulty: z.number().positive(),
};

export const esploraBlock = z.object(esploraBlockFields).meta({ id: "EsploraBlock" });
export type EsploraBlock = z.infer<typeof esploraBlock>;

export const esploraBlockStatus = z
  .object({
    in_best_chain: z.boolean(),
    height: z.int().nonnegative(),
    next_best: hex32.nullable().meta({ description: "null: nothing is known on top of it" }),
  })
  .meta({ id: "EsploraBlockStatus" });

export const esploraTransactionStatus = z
  .object({
    confirmed: z.boolean(),
    block_height: z.int().nonnegative(),
    block_hash: hex32,
    block_time: z.int().meta({ description: "Unix seconds" }),
  })
  .meta({ id: "EsploraTransactionStatus" });

export const esploraMempool = z
  .object({
    count: z.int().nonnegative(),
    vsize: z.number().nonnegative(),
    total_fee: z.number().nonnegative().meta({ description: "Satoshis" }),
    fee_histogram: z.array(z.tuple([z.number(), z.number()])).meta({
      description: "Fee rates in sat/vB, highest first, each with the virtual bytes from it up to the one before",
    }),
  })
  .meta({ id: "EsploraMempool" });
export type EsploraMempool = z.infer<typeof esploraMempool>;

export const esploraFeeEstimates = z
  .record(z.string().regex(/^\d+$/), z.number())
  .meta({ id: "EsploraFeeEstimates", description: "sat/vB by the number of blocks that one is ready to wait" });
