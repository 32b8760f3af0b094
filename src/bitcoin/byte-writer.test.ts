import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";

function hex(write: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter(1);
  write(writer);
  return Buffer.from(writer.toBytes()).toString("hex");
}

describe("ByteWriter", () => {
  test.each([
    ["u8", (writer: ByteWriter) => writer.u8(0xab), "ab"],
    ["u16", (writer: ByteWriter) => writer.u16(0x0102), "0201"],
    ["u32", (writer: ByteWriter) => writer.u32(0x01020304), "04030201"],
    ["u32 above 2^31", (writer: ByteWriter) => writer.u32(0xfffffffe), "feffffff"],
    ["u64", (writer: ByteWriter) => writer.u64(21e14), "0040075af0750700"],
    ["one byte", (writer: ByteWriter) => writer.compactSize(0xfc), "fc"],
    ["three bytes", (writer: ByteWriter) => writer.compactSize(0xfd), "fdfd00"],
    ["three bytes, largest", (writer: ByteWriter) => writer.compactSize(0xffff), "fdffff"],
    ["five bytes", (writer: ByteWriter) => writer.compactSize(0x1_0000), "fe00000100"],
    ["nine bytes", (writer: ByteWriter) => writer.compactSize(0x1_0000_0000), "ff0000000001000000"],
    ["sized bytes", (writer: ByteWriter) => writer.sizedBytes(Uint8Array.of(7, 8)), "020708"],
  ])("%s", (_, write, expected) => {
    expect(hex(write)).toBe(expected);
  });

  test.each([-1, 1.5, 2 ** 53, Number.NaN])("refuses %s as an amount", (value) => {
    expect(() => new ByteWriter().u64(value)).toThrow(RangeError);
  });

  test("what was written can be cleared and what was copied stays", () => {
    const writer = new ByteWriter();
    writer.u8(1);
    const copy = writer.toBytes();
    writer.clear();
    writer.u16(2);
    expect([...copy]).toEqual([1]);
    expect([...writer.written()]).toEqual([2, 0]);
    expect([...writer.written(1)]).toEqual([0]);
  });

  test("ByteReader reads back every sequence of fields", () => {
    const field = fc.oneof(
      fc.record({ kind: fc.constant("u32" as const), value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
      fc.record({ kind: fc.constant("sats" as const), value: fc.integer({ min: 0, max: 21e14 }) }),
      fc.record({ kind: fc.constant("compactSize" as const), value: fc.maxSafeInteger().map(Math.abs) }),
    );
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const writer = new ByteWriter(1);
        for (const { kind, value } of fields) {
          if (kind === "sats") writer.u64(value);
          else writer[kind](value);
        }
        const reader = new ByteReader(writer.toBytes(), "fields", () => "field");
        for (const { kind, value } of fields) {
          expect(kind === "compactSize" ? reader.compactSize(Number.MAX_SAFE_INTEGER, "units") : reader[kind]()).toBe(
            value,
          );
        }
        expect(reader.remaining).toBe(0);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
