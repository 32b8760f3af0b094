import { useWindowVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import { useTop } from "../parts/use-top.ts";

/** Up to here all rows are drawn, so that the browser's own search finds them. */
const MOST_DRAWN = 200;
const ROW_PX = 35;
const OVERSCAN = 20;

export type RowsInSight = {
  /** Places of the rows to draw, in their order. */
  readonly places: readonly number[];
  /** Heights of what is not drawn above and below them. */
  readonly above: number;
  readonly below: number;
  /** To be given to each drawn row, with its place as `data-index`. */
  readonly measure: (row: HTMLTableRowElement | null) => void;
};

/** Of a long table the rows in the window and near it; of a short one all. */
export function useRowsInSight(count: number, body: RefObject<HTMLTableSectionElement | null>): RowsInSight {
  const long = count > MOST_DRAWN;
  const top = useTop(body);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count,
    enabled: long,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
  });
  if (!long)
    return { places: Array.from({ length: count }, (_, place) => place), above: 0, below: 0, measure: nothing };
  const rows: readonly VirtualItem[] = virtualizer.getVirtualItems();
  return {
    places: rows.map(({ index }) => index),
    above: (rows[0]?.start ?? top) - top,
    below: virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? top) - top),
    measure: virtualizer.measureElement,
  };
}

const nothing = (): void => undefined;
