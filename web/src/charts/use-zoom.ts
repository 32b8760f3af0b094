import { useMemo } from "react";
import type { Span } from "./span.ts";
import { type ZoomSearch, writeZoom, zoomOf } from "./zoom-search.ts";

type Zoom = { readonly zoom: Span | undefined; readonly onZoom: (zoom: Span | undefined) => void };

/** What of a page's charts is looked at, kept in its address by way of `write`. */
export function useZoom({ zoom = "" }: ZoomSearch, write: (search: ZoomSearch) => void): Zoom {
  return { zoom: useMemo(() => zoomOf({ zoom }), [zoom]), onZoom: (span) => write(writeZoom(span)) };
}
