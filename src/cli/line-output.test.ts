import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLineOutput } from "./line-output.ts";

const LINE = "x".repeat(99);
const LINES = 1_000;

test("who waits for a slow reader never holds more than a stream does", async () => {
  const stream = new PassThrough({ highWaterMark: 1_000 });
  const output = createLineOutput(stream, new AbortController().signal);
  let read = 0;
  let most = 0;
  const reading = (async () => {
    for await (const chunk of stream) read += String(chunk).length;
  })();
  for (let line = 0; line < LINES; line += 1) {
    output.write(LINE);
    most = Math.max(most, stream.writableLength + stream.readableLength);
    await output.drained();
  }
  stream.end();
  await reading;
  expect(read).toBe(LINES * (LINE.length + 1));
  expect(most).toBeLessThan(3_000);
});

test("a stopped program waits for no reader, nor does one whose reader went away", async () => {
  const stop = new AbortController();
  const stream = new PassThrough({ highWaterMark: 10 });
  const output = createLineOutput(stream, stop.signal);
  output.write(LINE);
  output.write(LINE);
  const waiting = output.drained();
  stop.abort();
  await expect(waiting).resolves.toBeUndefined();
  await expect(output.drained()).resolves.toBeUndefined();

  const left = new PassThrough({ highWaterMark: 10 });
  const other = createLineOutput(left, new AbortController().signal);
  left.on("error", () => {});
  other.write(LINE);
  other.write(LINE);
  const gone = other.drained();
  left.destroy(new Error("EPIPE"));
  await expect(gone).resolves.toBeUndefined();
});
