import { z } from "zod";
import { transferLine } from "./chain.ts";
import { hex32, insight } from "./insights.ts";

const count = z.int().nonnegative();
const sats = z.number().meta({ description: "Satoshis" });

const sourceTransaction = z
  .object({
    txid: hex32,
    block: z
      .object({ hash: hex32, height: count, time: z.iso.datetime() })
      .nullable()
      .meta({ description: "null: it waits to be mined" }),
    size: count.meta({ description: "Bytes" }),
    weight: count.meta({ description: "Weight units" }),
    fee: sats.nullable().meta({ description: "Satoshis; null where the node does not tell" }),
    coinbase: z.boolean(),
    inputs: count,
    outputs: z
      .array(z.object({ value: sats, address: z.string().nullable(), type: z.string() }))
      .meta({ description: "The first hundred" }),
    outputCount: count,
    valueOut: sats.meta({ description: "Of all outputs, satoshis" }),
  })
  .meta({ id: "SourceTransaction" });

/** What is known of a transaction, wherever it is known. */
export const transactionLookup = z
  .object({
    txid: hex32,
    known: z
      .enum(["evidence", "source", "nowhere"])
      .meta({ description: "evidence: stored here; source: told by the node that is followed" }),
    transfer: transferLine.nullable().meta({ description: "Where it is among the kept transfers" }),
    insights: z.array(insight).meta({ description: "That cite it, newest first" }),
    transaction: sourceTransaction.nullable().meta({ description: "As the node tells it; asked where none is stored" }),
    reason: z
      .string()
      .nullable()
      .meta({ description: "Why the node does not tell; null where it does or was not asked" }),
    link: z.string().nullable().meta({ description: "Where else to look; null where no such place is set" }),
  })
  .meta({ id: "TransactionLookup" });
export type TransactionLookup = z.infer<typeof transactionLookup>;
