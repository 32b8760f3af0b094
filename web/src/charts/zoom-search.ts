import type { Span } from "./span.ts";

/** What of the charts is looked at, as it stands in an address: seconds since 1970, from and to. */
export type ZoomSearch = { readonly zoom?: string };

const WRITTEN = /^(\d{1,11})-(\d{1,11})$/;

export function readZoomSearch(search: Readonly<Record<string, unknown>>): ZoomSearch {
  const { zoom } = search;
  return typeof zoom === "string" && zoomOf({ zoom }) !== undefined ? { zoom } : {};
}

/** `undefined` where all is looked at. */
export function zoomOf({ zoom = "" }: ZoomSearch): Span | undefined {
  const [, from, to] = WRITTEN.exec(zoom) ?? [];
  if (from === undefined || to === undefined || Number(from) >= Number(to)) return undefined;
  return { from: Number(from) * 1_000, to: Number(to) * 1_000 };
}

export function writeZoom(span: Span | undefined): ZoomSearch {
  return span === undefined ? {} : { zoom: `${Math.floor(span.from / 1_000)}-${Math.ceil(span.to / 1_000)}` };
}
