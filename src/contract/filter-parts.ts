import { z } from "zod";
import { insightCategory, signalKind } from "./insights.ts";

/** Several with commas between. */
export const listOf = <Options extends Readonly<Record<string, string>>>(option: z.ZodEnum<Options>) => {
  const one = `(?:${option.options.join("|")})`;
  return z
    .string()
    .max(1_000)
    .meta({
      anyOf: [
        { type: "string", enum: option.options },
        { type: "string", pattern: `^${one}(?:,${one})*$` },
      ],
    })
    .transform((text) => text.split(","))
    .pipe(z.array(option).min(1));
};

export const line = z.string().refine((text) => !/\p{Cc}/u.test(text), "no control characters");

const heightOfFilter = z.coerce.number().int().min(0).max(10_000_000).optional();
/** What stood out, in blocks of a time and between two heights, both included. */
export const filterByBlock = {
  category: listOf(insightCategory).optional().meta({ description: "One or several, with commas between" }),
  kind: listOf(signalKind).optional().meta({ description: "One or several, with commas between" }),
  from: z.iso.datetime().optional().meta({ description: "Header time of the block, from then on" }),
  to: z.iso.datetime().optional().meta({ description: "Header time of the block, before then" }),
  fromHeight: heightOfFilter.meta({ description: "The lowest block" }),
  toHeight: heightOfFilter.meta({ description: "The highest block" }),
};
