import { z } from "zod";

const seconds = z.coerce.number().int().min(0).max(4_294_967_295);

/** Glassnode's parameters, under its names. */
export const glassnodeQuery = z.strictObject({
  a: z.literal("BTC").default("BTC").meta({ description: "Asset" }),
  i: z.enum(["1h", "24h"]).default("24h").meta({ description: "Interval" }),
  s: seconds.optional().meta({ description: "Since, Unix seconds; 30 days where nothing is said" }),
  u: seconds.optional().meta({ description: "Until, Unix seconds, not included" }),
  f: z.enum(["json", "csv"]).default("json").meta({ description: "Format" }),
});

export const glassnodeSeries = z
  .array(z.object({ t: z.int().nonnegative().meta({ description: "Unix seconds" }), v: z.number() }))
  .meta({ id: "GlassnodeSeries" });
