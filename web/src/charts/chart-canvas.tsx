import { useComputedColorScheme } from "@mantine/core";
import type { EChartsType } from "echarts/core";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import styles from "./chart.module.css";
import type { ChartModel } from "./chart-model.ts";
import { chartOption, type TimeWindow, windowOption } from "./chart-option.ts";
import { readColours } from "./read-colours.ts";
import { clampSpan, isZoomKey, type Span, spanAfterKey } from "./span.ts";
import { useDrawnSpan } from "./use-drawn-span.ts";

/** Charts of one page share their crosshair and their zoom. */
const GROUP = "page";

/** So far below the window a chart is drawn already. */
const AHEAD = "300px";

/** A wheel turns many times until what is looked at is worth an address. */
const SETTLED_MS = 200;

type Props = TimeWindow & {
  readonly title: string;
  readonly model: ChartModel;
  readonly onZoom: (zoom: Span | undefined) => void;
  readonly height: number;
};

/** The drawing alone: for those who cannot see it there is the table. */
export function ChartCanvas({ title, model, bounds, zoom, onZoom, height }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType>();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  /** What the drawing shows by now: a wheel moves it before the address tells of it. */
  const shown = useRef("");

  const onMoved = useEffectEvent((start: number, end: number) => {
    if (bounds === undefined) return;
    const at = (percent: number): number => bounds.from + ((bounds.to - bounds.from) * percent) / 100;
    const moved = clampSpan({ from: at(start), to: at(end) }, bounds);
    shown.current = nameOf({ bounds, zoom: moved });
    onZoom(moved);
  });

  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    let drawn: EChartsType | undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
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
          drawn.on("datazoom", (event) => {
            const { start, end } = (event as Zoomed).batch?.[0] ?? {};
            if (start === undefined || end === undefined) return;
            clearTimeout(settling);
            settling = setTimeout(() => onMoved(start, end), SETTLED_MS);
          });
          resizing.observe(place);
          setChart(drawn);
        });
      },
      { rootMargin: AHEAD },
    );
    coming.observe(place);
    return () => {
      gone = true;
      clearTimeout(settling);
      coming.disconnect();
      resizing.disconnect();
      drawn?.dispose();
    };
  }, []);

  const windowNow = useEffectEvent((): TimeWindow => {
    shown.current = nameOf({ bounds, zoom });
    return { bounds, zoom };
  });
  useEffect(() => {
    if (chart === undefined || element.current === null) return;
    const colours = readColours(element.current, scheme);
    // Series that are gone leave.
    chart.setOption(chartOption(model, colours, windowNow()), { replaceMerge: ["series"] });
  }, [chart, model, scheme]);

  useEffect(() => {
    const wanted = nameOf({ bounds, zoom });
    if (chart === undefined || shown.current === wanted) return;
    shown.current = wanted;
    chart.setOption(windowOption({ bounds, zoom }));
  }, [chart, bounds, zoom]);

  const drawn = useDrawnSpan(chart, (span) => onZoom(bounds && clampSpan(span, bounds)));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what keys do is said in its name
    <div
      role="group"
      // A chart is reached by Tab, so that keys can zoom it.
      tabIndex={0}
      aria-label={`${title}, drawn: plus and minus zoom, arrows move, 0 shows all`}
      className={styles.canvasFrame}
      onKeyDown={(event) => {
        const isOurs = isZoomKey(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (!isOurs || bounds === undefined) return;
        event.preventDefault();
        onZoom(spanAfterKey(event.key, zoom ?? bounds, bounds));
      }}
      // The library would take every turn of the wheel; without Ctrl it scrolls the page.
      onWheelCapture={(event) => {
        if (!event.ctrlKey) event.stopPropagation();
      }}
      {...drawn.handlers}
    >
      <div ref={element} className={styles.canvas} style={{ height }} aria-hidden="true" />
      {drawn.box !== undefined && <div className={styles.chosen} style={drawn.box} aria-hidden="true" />}
    </div>
  );
}

type Zoomed = { readonly batch?: readonly { readonly start?: number; readonly end?: number }[] };

/** To the second, as an address tells it. */
function nameOf({ bounds, zoom }: TimeWindow): string {
  const seconds = (span: Span | undefined): string =>
    span === undefined ? "" : `${Math.floor(span.from / 1_000)} ${Math.ceil(span.to / 1_000)}`;
  return `${seconds(bounds)} ${seconds(zoom)}`;
}
