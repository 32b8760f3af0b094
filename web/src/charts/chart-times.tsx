import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { clampSpan, type Span, spanOfAll } from "./span.ts";

type Times = {
  /** What the charts of the page span together; undefined until one of them has points. */
  readonly bounds: Span | undefined;
  /** What of it is looked at; undefined for all. */
  readonly zoom: Span | undefined;
  readonly onZoom: (zoom: Span | undefined) => void;
  readonly report: (id: string, span: Span | undefined) => void;
};

const TimesContext = createContext<Times>({
  bounds: undefined,
  zoom: undefined,
  onZoom: () => undefined,
  report: () => undefined,
});

type Props = {
  readonly zoom: Span | undefined;
  readonly onZoom: (zoom: Span | undefined) => void;
  readonly children: ReactNode;
};

/** Charts below it stand over one and the same time, and are zoomed together. */
export function ChartTimes({ zoom, onZoom, children }: Props) {
  const [spans, setSpans] = useState<ReadonlyMap<string, Span>>(new Map());
  const report = useCallback(
    (id: string, span: Span | undefined) =>
      setSpans((known) => {
        const others = new Map(known);
        others.delete(id);
        return span === undefined ? others : others.set(id, span);
      }),
    [],
  );
  const { from, to } = spanOfAll([...spans.values()]) ?? {};
  const times = useMemo<Times>(() => {
    const bounds = from === undefined || to === undefined ? undefined : { from, to };
    // Of an older address that looks at what is no longer there, all is shown.
    const isInside = zoom !== undefined && bounds !== undefined && zoom.from < bounds.to && zoom.to > bounds.from;
    return { bounds, zoom: isInside ? clampSpan(zoom, bounds) : undefined, onZoom, report };
  }, [from, to, zoom, onZoom, report]);
  return <TimesContext value={times}>{children}</TimesContext>;
}

/** The time that a chart stands over, in which its own is counted. */
export function useChartTimes(id: string, own: Span | undefined): Omit<Times, "report"> {
  const { report, ...times } = use(TimesContext);
  const { from, to } = own ?? {};
  useEffect(() => {
    report(id, from === undefined || to === undefined ? undefined : { from, to });
    return () => report(id, undefined);
  }, [id, from, to, report]);
  return times;
}
