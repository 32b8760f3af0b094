import { describe, expect, test } from "vitest";
import { describeApi } from "../describe-api.ts";
import type { ApiDocument, Schema } from "./api-document.ts";
import { describeSchema } from "./describe-schema.ts";
import { listFields } from "./list-fields.ts";
import { writeReference } from "./write-reference.ts";

const document = (await describeApi()) as ApiDocument;

describe("the reference", () => {
  const page = writeReference(document);

  test("has every operation, and every link in it leads somewhere", () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        expect(page).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
      }
    }
    const places = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to);
    expect(links.length).toBeGreaterThan(200);
    expect(links.filter((to) => !places.has(to))).toEqual([]);
  });

  test("says what an operation needs, takes and answers", () => {
    const [, list = ""] = page.split('<details id="get/api/v1/insights">');
    const own = list.slice(0, list.indexOf("</details>"));
    expect(own).toContain("Needs the permission <code>feed</code>.");
    expect(own).toContain("integer, 1 to 200, 50 where nothing is said");
    expect(own).toContain('<a href="#schema-InsightList">InsightList</a>');
  });

  test("has no script, and no markup of the document", () => {
    expect(page).not.toContain("<script");
    const hostile = { title: "t", version: "1", description: "<img src=x onerror=alert(1)>" };
    expect(writeReference({ ...document, info: hostile })).not.toContain("<img");
  });
});

test.each<[Schema, string]>([
  [{ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, "integer, from 0"],
  [{ type: ["string", "null"], maxLength: 200 }, "string or null, up to 200 characters"],
  [{ enum: ["a", "b"], type: "string" }, '"a", "b"'],
  [{ type: "array", items: { $ref: "#/components/schemas/Tip" } }, "list of [Tip]"],
  [{ anyOf: [{ $ref: "#/components/schemas/Tip" }, { type: "null" }] }, "[Tip] or null"],
  [{ type: "object", additionalProperties: { type: "number" } }, "object of number by name"],
  [{ type: "array", items: false, prefixItems: [{ type: "integer" }, { type: "number" }] }, "[integer, number]"],
  [{ const: "block" }, '"block"'],
  [{ type: "string", format: "date-time" }, "date-time"],
])("%j is said in words", (schema, words) => {
  expect(describeSchema(schema, (name) => `[${name}]`)).toBe(words);
});

test("fields of what is written in place are listed with their place", () => {
  const inner = { type: "object", properties: { hash: { type: "string" } }, required: ["hash"] };
  const schema = {
    properties: { blocks: { type: "array", items: inner }, claim: { anyOf: [inner, { type: "null" }] } },
    required: ["blocks"],
  };
  expect(listFields(schema).map(({ path, required }) => [path, required])).toEqual([
    ["blocks", true],
    ["blocks[].hash", true],
    ["claim", false],
    ["claim.hash", true],
  ]);
});
