import { z } from "zod";
import { metricUnits } from "./metric-units.ts";

const height = z.int().nonnegative();

const seriesSource = z.discriminatedUnion("from", [
  z.object({ from: z.literal("block"), field: z.string() }),
  z.object({
    from: z.literal("flows"),
    entity: z.object({ actor: z.string(), kind: z.string() }),
    side: z.enum(["inflow", "outflow", "net", "to-labelled", "to-unlabelled"]),
  }),
]);

/** What to draw of an insight; the numbers are read of the blocks. */
export const chartSpec = z
  .object({
    series: z.object({ name: z.string(), unit: z.enum(metricUnits), of: seriesSource }),
    window: z.object({ fromHeight: height, toHeight: height }),
    marks: z.object({
      event: z.object({ fromHeight: height, toHeight: height }),
      usual: z.number().nullable().meta({ description: "What is usual, in the unit of the series" }),
    }),
  })
  .meta({ id: "ChartSpec" });

export const pictureQuery = z.object({
  theme: z.enum(["light", "dark"]).default("light").meta({ description: "The ground that it is drawn for" }),
});

export const chartPoints = z
  .object({
    points: z
      .array(z.object({ height, time: z.iso.datetime(), value: z.number().nullable() }))
      .meta({ description: "In the unit of the series, by height; null where a block's value is not known" }),
  })
  .meta({ id: "ChartPoints", description: "Of the blocks of a chart's window that are stored" });

export type ChartPoints = z.infer<typeof chartPoints>;
