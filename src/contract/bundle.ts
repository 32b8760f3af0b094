import { z } from "zod";
import { hex32 } from "./insights.ts";

/** As a reader sees it; `utxoiq verify` reads every field strictly. Names in rows are those of docs/reference/features.md. */
export const insightBundle = z
  .object({
    format: z.literal(1),
    program: z.string().meta({ description: "Version of the program that wrote it" }),
    chain: z.object({ network: z.string(), chainId: z.string(), simulated: z.boolean() }),
    insight: z
      .looseObject({ id: z.string(), kind: z.string(), height: z.int(), blockHash: hex32, headline: z.string() })
      .meta({ description: "As it was published; times in unix seconds" }),
    connected: z.boolean().meta({ description: "false: a block of a set, which stands alone" }),
    labelVersion: z.int().meta({ description: "Of the node's labels, by which the insight's block was read" }),
    base: z
      .object({
        block: z.object({ height: z.int(), hash: hex32, bits: z.int() }).nullable(),
        parentTimes: z.array(z.int()),
      })
      .meta({ description: "What lies below the first row" }),
    observedByThisNode: z
      .object({ calibration: z.looseObject({ version: z.string(), count: z.int() }).nullable() })
      .meta({ description: "What is in no block: what claims of this kind had come to by then" }),
    digest: hex32.meta({ description: "SHA-256 of the canonical JSON (RFC 8785) of the rest, each row by its digest" }),
    rows: z
      .array(
        z.object({
          features: z.looseObject({ height: z.int(), blockhash: hex32 }),
          transfers: z.array(z.looseObject({ txid: hex32 })),
          flows: z.looseObject({ labelVersion: z.int() }),
          digest: hex32,
        }),
      )
      .meta({ description: "Blocks that the insight follows from, ascending; its own is the last" }),
  })
  .meta({ id: "InsightBundle" });
