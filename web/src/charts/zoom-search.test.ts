import { expect, test } from "vitest";
import { readZoomSearch, writeZoom, zoomOf } from "./zoom-search.ts";

test("what is looked at comes back by its address", () => {
  const span = { from: 1_927_848_000_000, to: 1_927_934_400_000 };
  expect(zoomOf(readZoomSearch(writeZoom(span)))).toEqual(span);
  expect(writeZoom(undefined)).toEqual({});
});

test.each(["", "5", "9-5", "5-5", "a-b", "1-2-3"])("an address that says %o looks at all", (zoom) => {
  expect(readZoomSearch({ zoom })).toEqual({});
});
