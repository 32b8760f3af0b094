import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Insight } from "#contract";
import { Chart } from "../charts/chart.tsx";
import { ChartTimes } from "../charts/chart-times.tsx";
import type { Span } from "../charts/span.ts";
import { ZoomNote } from "../charts/zoom-hint.tsx";
import { ChartPicture } from "./chart-picture.tsx";
import { eventModel, nameOfEvent } from "./event-model.ts";
import { chartOfInsight } from "./insight-queries.ts";

type Props = { readonly insight: Insight; readonly chart: NonNullable<Insight["chart"]> };

/** The row of numbers that the insight stands out of; where it cannot be read, the picture that the server drew of it. */
export function EventChart({ insight, chart }: Props) {
  const { id, category } = insight;
  const { data, isError } = useQuery(chartOfInsight(id));
  const [zoom, setZoom] = useState<Span>();
  const model = useMemo(() => data && eventModel(chart, data, category), [chart, data, category]);
  if (data === undefined && isError) return <ChartPicture insight={insight} />;
  return (
    <div>
      <ChartTimes zoom={zoom} onZoom={setZoom}>
        <Chart
          title={chart.series.name}
          model={model}
          note={`block by block, ${nameOfEvent(chart)} marked`}
          height={320}
        />
      </ChartTimes>
      <ZoomNote />
    </div>
  );
}
