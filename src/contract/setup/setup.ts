import { z } from "zod";

const height = z.int().nonnegative();

/** Where blocks are to be read from. */
const sourceText = z.string().trim().min(4).max(4_000).meta({
  description:
    "As --source says it: core:http://user:password@host:8332, core-files:<directory>, esplora:https://host/api, simnet:<seed>, or several with a comma between",
});

export const testSourceBody = z.strictObject({ source: sourceText });

export const chooseSourceBody = z.strictObject({
  source: sourceText,
  startHeight: height
    .max(2 ** 31 - 1)
    .optional()
    .meta({
      description: "The first block, where none of this chain is stored; some weeks before the tip where left out",
    }),
});

const triedSource = z
  .object({
    source: z.string().meta({ description: "For a person, without secrets" }),
    description: z.string().meta({ description: "What answered, and what it can do" }),
    network: z.string(),
    simulated: z.boolean(),
    tipHeight: height.nullable().meta({ description: "null where it has none, or where finding it takes long" }),
    lowestHeight: height.nullable().meta({ description: "The lowest block that it gives; null where not known" }),
    fits: z
      .boolean()
      .nullable()
      .meta({ description: "Whether it has the chain that is stored; null while none is. false: it begins anew" }),
  })
  .meta({ id: "TriedSource" });

export const sourceTest = z
  .object({
    ok: z.boolean(),
    message: z.string().meta({ description: "What the node really answered, in a sentence" }),
    code: z.string().nullable().meta({ description: "Of the error; null where it answered" }),
    tried: triedSource.nullable(),
  })
  .meta({ id: "SourceTest" });
export type SourceTest = z.infer<typeof sourceTest>;

export const chosenSource = triedSource
  .extend({
    startHeight: height.nullable().meta({ description: "null where blocks are stored, or none was asked for" }),
  })
  .meta({ id: "ChosenSource" });

export const setupState = z
  .object({
    ingest: z
      .enum(["running", "silent"])
      .meta({ description: "silent: nobody reads blocks here, so no source can be tested" }),
    source: z
      .object({
        name: z.string(),
        description: z.string(),
        state: z.enum(["healthy", "degraded", "down"]),
        reason: z.string().nullable(),
        tipHeight: height.nullable(),
      })
      .nullable()
      .meta({ description: "That is being read; null where ingest is silent" }),
    choice: z
      .enum(["open", "said", "unknown"])
      .meta({ description: "said: --source or UTXOIQ_SOURCE names it, which counts before a choice" }),
    chosen: z
      .object({
        source: z.string().meta({ description: "Without secrets" }),
        historyBlocks: z.int().positive().nullable(),
        at: z.iso.datetime(),
        by: z.string(),
      })
      .nullable()
      .meta({ description: "What was chosen on the page of this database" }),
    network: z.string().nullable().meta({ description: "Of the blocks that are stored; null before the first" }),
    simulated: z.boolean().nullable(),
    progress: z
      .object({
        stored: z.object({ first: height, last: height }).nullable(),
        blocksDone: height.nullable().meta({ description: "Of those that there were at start; null where unknown" }),
        blocksTotal: height.nullable(),
        blocksPerSecond: z.number().nonnegative().nullable(),
        etaSeconds: z.number().nonnegative().nullable(),
        blocksBehind: height.nullable(),
      })
      .meta({ description: "How far reading is" }),
  })
  .meta({ id: "Setup" });
export type SetupState = z.infer<typeof setupState>;
