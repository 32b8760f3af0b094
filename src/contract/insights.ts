import { z } from "zod";
import { chartSpec } from "./charts.ts";
import { attribution } from "./explanation.ts";
import { metricUnits } from "./metric-units.ts";

export const hex32 = z.string().regex(/^[0-9a-f]{64}$/);

export const insightCategory = z.enum(["mempool", "exchange", "miner", "whale", "network", "predictive"]);
export const insightStatus = z.enum(["preliminary", "confirmed", "retracted"]);

/** Kinds of signal; `docs/signals/` has a page for each. */
export const signalKind = z.enum([
  "fee-spike",
  "fee-level",
  "mempool-flush",
  "block-interval",
  "block-fullness",
  "empty-block",
  "pool-run",
  "hash-rate",
  "difficulty-outlook",
  "inflow-spike",
  "outflow-spike",
  "large-transfer",
  "coin-days-destroyed",
  "revived-supply",
  "dormancy",
  "inscription-wave",
  "consolidation-wave",
  "coinjoin-wave",
  "inflow-streak",
  "outflow-streak",
  "reserve-change",
  "whale-accumulation",
  "whale-distribution",
  "dormant-coins",
  "treasury-sale",
  "miner-payout",
  "pool-tag-mismatch",
]);

const slot = z.union([
  z.object({ unit: z.enum([...metricUnits, "height"]), value: z.number() }),
  z.object({ unit: z.enum(["txid", "address", "name"]), value: z.string() }),
]);

const evidenceBlock = z.object({ hash: hex32, height: z.int().nonnegative(), time: z.iso.datetime() });

const party = z.object({ actor: z.string(), kind: z.string() }).nullable();

export const insightId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, "an insight's id is 32 hex digits")
  .meta({ description: "Of the insight" });

export const insight = z
  .object({
    id: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .meta({ description: "Hash of kind, statement and anchor" }),
    kind: signalKind,
    category: insightCategory,
    status: insightStatus,
    statusReason: z.string().nullable().meta({ description: "Why the status is what it is, where it needs a reason" }),
    headline: z.string(),
    summary: z.string(),
    wording: z
      .object({
        model: z.string().meta({ description: "<provider>:<model>" }),
        template: z.object({ headline: z.string(), summary: z.string() }),
      })
      .nullable()
      .meta({
        description:
          "Where headline and summary are a language model's: whose, and the text that was published first; null: they are the template's",
      }),
    height: z.int().nonnegative(),
    blockHash: hex32,
    blockTime: z.iso.datetime().meta({ description: "Header time of the block (chain time)" }),
    firstSeen: z
      .object({ height: z.int().nonnegative(), blockHash: hex32, time: z.iso.datetime() })
      .meta({ description: "The block in which it stood out first; an event that goes on is updated in later ones" }),
    publishedHeight: z.int().nonnegative().meta({
      description: "The block that told of it first: the order of lists. Later than firstSeen where it had to grow",
    }),
    surprise: z
      .object({ percentile: z.number().min(0).max(100), sampleSize: z.int().positive() })
      .nullable()
      .meta({ description: "Rank in its own history; null when there is too little of it" }),
    confidence: z.number().min(0).max(1).nullable().meta({
      description: "How often such claims came true; null: nothing is claimed, or too few outcomes are known",
    }),
    attributionCertainty: z.number().min(0).max(1).nullable().meta({
      description:
        "How sure labels are of whom it names, the least sure of them; null: nobody is named, or labels do not say",
    }),
    evidence: z.object({
      rule: z.string().meta({ description: "What had to hold for the signal to be raised" }),
      subject: z
        .object({ actor: z.string(), kind: z.string() })
        .nullable()
        .meta({ description: "Whom it is about; null: the chain as a whole" }),
      claim: z
        .object({
          text: z.string(),
          decidedAtHeight: z.int().nonnegative(),
          learntFrom: z.string().nullable(),
          outcomes: z.int().nonnegative().nullable(),
          score: z.number().nullable().meta({
            description:
              "What its confidence follows from: by how much it passed what it had to, on the scale of its kind",
          }),
          alike: z
            .object({ count: z.int().nonnegative(), came: z.int().nonnegative() })
            .nullable()
            .meta({ description: "Claims with a score like it that were decided when it was told; null: too few" }),
          outcome: z.enum(["open", "true", "false", "unknown"]).nullable().meta({
            description: "What blocks decided, as the scorecard has it; null: as it was when a brief told it",
          }),
          outcomeHeight: z.int().nonnegative().nullable().meta({ description: "The block that decided it" }),
        })
        .nullable()
        .meta({ description: "What is claimed about blocks to come; null: the insight describes what was" }),
      madeBy: z
        .object({
          program: z.string(),
          labelVersion: z.int().nonnegative(),
          labelCoverage: z.number().nullable().meta({ description: "Share of the block's value whose owner is known" }),
          fromHeight: z.int().nonnegative().nullable().meta({
            description:
              "The lowest block that was known, where that is not as far back as its kind looks; null: it was, or an earlier version",
          }),
        })
        .nullable()
        .meta({
          description: "Versions of utxoIQ and of the node's labels; null: an earlier version, which did not say",
        }),
      attribution: attribution
        .nullable()
        .meta({ description: "Whom it names and how sure that is; null: an earlier version, which did not say" }),
      blocks: z
        .array(evidenceBlock)
        .meta({ description: "In which it was told, and of an event that goes on the one on which it stands" }),
      begins: evidenceBlock
        .nullable()
        .meta({ description: "The first block that it is about; null: one alone, or an earlier version" }),
      transactions: z.array(
        z.object({
          txid: hex32,
          valueSats: z.int(),
          feeSats: z.int(),
          toAddress: z.string().nullable(),
          from: party.meta({ description: "Who spends, by labels; null where none tells" }),
          to: party.meta({ description: "The largest receiver, by labels; null where none tells" }),
          inputs: z.int().nullable().meta({ description: "null: an earlier version, which did not say" }),
          outputs: z.int().nullable(),
        }),
      ),
      metrics: z.array(
        z.object({
          name: z.string(),
          unit: z.enum(metricUnits),
          value: z.number(),
          baseline: z.number().nullable(),
          percentile: z.number().nullable(),
          sampleSize: z.int().nullable(),
        }),
      ),
      slots: z.record(z.string(), slot),
    }),
    tags: z.array(z.string()).meta({ description: "Category, kinds of signal that told of it, and whom it names" }),
    chart: chartSpec.nullable().meta({ description: "What to draw; null where no series shows it" }),
    simulated: z.boolean(),
    eventId: z.int().positive().meta({ description: "The latest event that concerns this insight" }),
  })
  .meta({ id: "Insight" });

export type Insight = z.infer<typeof insight>;
