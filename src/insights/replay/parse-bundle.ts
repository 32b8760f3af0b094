import { z } from "zod";
import { type NetworkName, NETWORKS } from "#bitcoin";
import { PARENT_TIMES } from "#features";
import { SIGNAL_KINDS } from "#signals";
import type { InsightBundle } from "./insight-bundle.ts";
import { hash, rowSchema } from "./row-schema.ts";

const height = z.int().nonnegative();

const insight = z.looseObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  kind: z.enum(SIGNAL_KINDS),
  height,
  blockHash: hash,
  headline: z.string(),
  evidence: z.looseObject({ madeBy: z.looseObject({ program: z.unknown() }).nullish() }).optional(),
  wording: z.looseObject({ headline: z.string(), summary: z.string() }).nullish(),
});

const calibrationClass = z.strictObject({
  from: z.number(),
  count: z.number(),
  came: z.number(),
  probability: z.number(),
});

const calibration = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  count: z.number(),
  classes: z.array(calibrationClass),
});

const schema: z.ZodType<InsightBundle> = z.strictObject({
  format: z.literal(1),
  program: z.string(),
  chain: z.strictObject({
    network: z.enum(Object.keys(NETWORKS) as NetworkName[]),
    chainId: z.string(),
    simulated: z.boolean(),
  }),
  insight,
  connected: z.boolean(),
  labelVersion: height,
  base: z.strictObject({
    block: z.strictObject({ height, hash, bits: height }).nullable(),
    parentTimes: z.array(z.number()).max(PARENT_TIMES),
  }),
  observedByThisNode: z.strictObject({ calibration: calibration.nullable() }),
  digest: z.string(),
  rows: z.array(rowSchema).min(1),
});

export type ParsedBundle =
  | { readonly bundle: InsightBundle }
  /** For a person: what is wrong, and where. */
  | { readonly fault: string };

/** A bundle of a text that anybody may have written. */
export function parseBundle(text: string): ParsedBundle {
  const json = jsonOf(text);
  if ("fault" in json) return json;
  const version = z.looseObject({ format: z.number(), program: z.string() }).safeParse(json.value);
  if (version.success && version.data.format > 1) {
    const { format, program } = version.data;
    return { fault: `it is of format ${format}, written by utxoIQ ${program}; this program reads format 1` };
  }
  const parsed = schema.safeParse(json.value);
  if (!parsed.success) return { fault: faultOf(parsed.error) };
  const fault = disorderOf(parsed.data);
  return fault === undefined ? { bundle: parsed.data } : { fault };
}

function jsonOf(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unreadable";
    return { fault: `it is not JSON (${reason})${isCut(text, reason) ? "; it ends before it is whole" : ""}` };
  }
}

/** Nothing is wrong with what is there, only that no more comes. */
function isCut(text: string, reason: string): boolean {
  const [, position] = /position (\d+)/.exec(reason) ?? [];
  return position === undefined ? reason.includes("end of JSON") : Number(position) >= text.trimEnd().length;
}

function faultOf({ issues }: z.ZodError): string {
  const [first] = issues;
  const place = first === undefined || first.path.length === 0 ? "the whole" : first.path.join(".");
  const more = issues.length > 1 ? `, and ${issues.length - 1} more` : "";
  return `${place}: ${first?.message ?? "not a bundle"}${more}`;
}

/** Rows follow each other, and the last is the insight's block. */
function disorderOf({ rows, insight: { height: at, blockHash }, base, connected }: InsightBundle): string | undefined {
  const first = at - rows.length + 1;
  for (const [index, { features }] of rows.entries()) {
    if (features.height === first + index) continue;
    return `rows.${index}: it is of block ${features.height}, and block ${first + index} is due`;
  }
  const last = rows.at(-1);
  if (last?.features.blockhash !== blockHash) return "its last row is of another block than the insight";
  if (connected && first !== (base.block?.height ?? -1) + 1) return `base.block: its rows begin with block ${first}`;
  return undefined;
}
