import { useComputedColorScheme } from "@mantine/core";
import type { EChartsType } from "echarts/core";
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import styles from "./chart.module.css";
import type { ChartModel } from "./chart-model.ts";
import { chartOption } from "./chart-option.ts";
import { readColours } from "./read-colours.ts";

/** Charts of one page share their crosshair and their zoom. */
const GROUP = "page";

/** So far below the window a chart is drawn already. */
const AHEAD = "300px";

export type ChartHandle = { readonly resetZoom: () => void };

type Props = { readonly model: ChartModel; readonly handle: RefObject<ChartHandle | null>; readonly height: number };

/** The drawing alone: for those who cannot see it there is the table. */
export function ChartCanvas({ model, handle, height }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType>();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });

  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    let drawn: EChartsType | undefined;
    const resizing = new ResizeObserver(() => drawn?.resize());
    let gone = false;
    // Charts further down are drawn when they are scrolled to.
    const coming = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        coming.disconnect();
        void import("./chart-set-up.ts").then(({ connect, init }) => {
          if (gone) return;
          drawn = init(place, undefined, { renderer: "canvas" });
          drawn.group = GROUP;
          connect(GROUP);
          resizing.observe(place);
          setChart(drawn);
        });
      },
      { rootMargin: AHEAD },
    );
    coming.observe(place);
    return () => {
      gone = true;
      coming.disconnect();
      resizing.disconnect();
      drawn?.dispose();
    };
  }, []);

  useEffect(() => {
    if (chart === undefined || element.current === null) return;
    // Series that are gone leave; where the reader has zoomed to stays.
    chart.setOption(chartOption(model, readColours(element.current, scheme)), { replaceMerge: ["series"] });
  }, [chart, model, scheme]);

  useImperativeHandle(
    handle,
    () => ({ resetZoom: () => chart?.dispatchAction({ type: "dataZoom", start: 0, end: 100 }) }),
    [chart],
  );

  return <div ref={element} className={styles.canvas} style={{ height }} aria-hidden="true" />;
}
