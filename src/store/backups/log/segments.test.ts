import { expect, test } from "vitest";
import { formatPlace, nameOfSegment, parsePlace, parseSegment, SEGMENT_BYTES } from "./segments.ts";

// Named as PostgreSQL's pg_walfile_name names them.
test.each([
  ["0/0", "000000010000000000000000"],
  ["0/1000000", "000000010000000000000001"],
  ["0/FF000028", "0000000100000000000000FF"],
  ["1/0", "000000010000000100000000"],
  ["16/B374D848", "0000000100000016000000B3"],
])("the place %s lies in the segment %s", (lsn, name) => {
  const place = parsePlace(lsn);
  expect(formatPlace(place)).toBe(lsn);
  const segment = { timeline: 1, index: Math.floor(place / SEGMENT_BYTES) };
  expect(nameOfSegment(segment)).toBe(name);
  expect(parseSegment(name)).toEqual(segment);
});

test("what the server keeps beside its segments is none", () => {
  for (const name of ["00000002.history", "archive_status", "000000010000000000000001.partial", "summaries"]) {
    expect(parseSegment(name)).toBeUndefined();
  }
});
