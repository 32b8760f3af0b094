import type { EChartsType } from "echarts/core";
import { type PointerEvent, useState } from "react";
import type { Span } from "./span.ts";

/** A press that trembles chooses nothing. */
const LEAST_PX = 8;

type Drag = { readonly begun: number; readonly at: number };

/** The span that a pointer is drawn across, told once it is let go; with Shift the chart itself is moved. */
export function useDrawnSpan(chart: EChartsType | undefined, onChosen: (span: Span) => void) {
  const [drag, setDrag] = useState<Drag>();
  const placeOf = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (chart === undefined || event.pointerType === "touch" || event.button !== 0 || event.shiftKey) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ begun: placeOf(event), at: placeOf(event) });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag !== undefined) setDrag({ ...drag, at: placeOf(event) });
    },
    onPointerUp: () => {
      setDrag(undefined);
      if (chart === undefined || drag === undefined || Math.abs(drag.at - drag.begun) < LEAST_PX) return;
      const [from, to] = [Math.min(drag.begun, drag.at), Math.max(drag.begun, drag.at)].map((x) =>
        chart.convertFromPixel({ xAxisIndex: 0 }, x),
      );
      if (from !== undefined && to !== undefined) onChosen({ from, to });
    },
    onPointerCancel: () => setDrag(undefined),
  };
  const box =
    drag === undefined
      ? undefined
      : { left: Math.min(drag.begun, drag.at), width: Math.max(1, Math.abs(drag.at - drag.begun)) };
  return { handlers, box };
}
