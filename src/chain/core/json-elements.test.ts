import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonElements } from "./json-elements.ts";

/** In pieces of these sizes, over and over. */
function takeApart(text: string, sizes: readonly number[]) {
  const elements: unknown[] = [];
  const reader = new JsonElements((json) => elements.push(JSON.parse(json.toString())));
  const bytes = Buffer.from(text);
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    // A source of bytes uses its memory again.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    reader.write(piece);
    piece.fill(0);
    at += size;
  }
  return { elements, rest: reader.end() };
}

const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
const name = fc.oneof(fc.constantFrom("\\", '"', '\\"', "{", "}]", "ä\u{1f4a5}", ""), fc.string());
const element = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }).map(withPlainKeys);

/**
 * Once V8 has read an object with a key that ends in a backslash, it takes a key that goes on with a quote for the same:
 * after `{"\\":1}` it reads `{"\"":1}` as the former. No node writes such keys; in values they stay.
 */
function withPlainKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key.replaceAll("\\", "/"), withPlainKeys(held)]),
  );
}

test("whatever a list holds and however it comes, each object is handed on and the rest is what stood around", () => {
  fc.assert(
    fc.property(fc.array(element), name, sizes, fc.boolean(), (tx, words, pieces, indented) => {
      const reply = { id: words, result: { hash: words, tx, time: 1.5 }, error: null };
      const text = `${JSON.stringify(reply, null, indented ? 2 : 0)}\n`;
      const { elements, rest } = takeApart(text, pieces);
      expect(elements).toEqual(JSON.parse(JSON.stringify(tx)));
      expect(rest).toEqual(JSON.parse(JSON.stringify({ ...reply, result: { ...reply.result, tx: tx.map(() => 0) } })));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["ends early", '{"result":{"tx":[{"a":1}', "ends early"],
  ["is another text", "<html>", "ends early"],
  ["has a fault around the list", '{"result":{"tx":[{}],}}', "not JSON"],
  ["is longer than any block's", `{"result":{"a":"${"x".repeat(4_100_000)}"}}`, "longer"],
])("what %s is refused", (_, text, words) => {
  expect(() => takeApart(text, [100_000])).toThrow(words);
});
