import { readFileSync } from "node:fs";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { describeApi } from "../describe-api.ts";
import { keepingOf } from "../keep-answers.ts";
import { permissionOf } from "../permissions.ts";

type Content = Readonly<Record<string, { readonly schema?: { readonly $ref?: string; readonly type?: string } }>>;
type Response = { readonly $ref?: string; readonly description?: string; readonly content?: Content };
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[];
  readonly responses: Readonly<Record<string, Response>>;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
};

const document = (await describeApi()) as Document;

const OPERATIONS = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    const url = path.replaceAll(/\{(\w+)\}/g, ":$1");
    return { name: `${method.toUpperCase()} ${url}`, method: method.toUpperCase(), url, operation };
  }),
);

/** What is asked of each operation, and which of them do not have it. */
function without(has: (one: (typeof OPERATIONS)[number]) => boolean): readonly string[] {
  return OPERATIONS.filter((one) => !has(one)).map(({ name }) => name);
}

test("the document is one of OpenAPI 3.1", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lintFromString({ source: JSON.stringify(document), config });
  expect(found.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  const { "/livez": liveness, ...others } = document.paths;
  const broken = {
    ...document,
    paths: { ...others, "/livez": { get: { ...liveness?.["get"], security: [{ x: [] }] } } },
  };
  const wrong = await lintFromString({ source: JSON.stringify(broken), config });
  expect(wrong.map(({ message }) => message)).toContain("There is no `x` security scheme defined.");
});

describe("every operation", () => {
  test("has a name of its own, a summary and a group", () => {
    expect(
      without(({ operation: { operationId, summary, tags } }) => Boolean(operationId && summary && tags?.[0])),
    ).toEqual([]);
    expect(new Set(OPERATIONS.map(({ operation }) => operation.operationId)).size).toBe(OPERATIONS.length);
  });

  test("says what each parameter is", () => {
    const silent = OPERATIONS.flatMap(({ name, operation }) =>
      (operation.parameters ?? [])
        .filter(({ description = "" }) => description === "")
        .map((one) => `${name} ${one.name}`),
    );
    expect(silent).toEqual([]);
  });

  test("says what it answers where it is carried out, as what it is sent as", () => {
    const done = ({ operation: { responses } }: (typeof OPERATIONS)[number]) =>
      Object.entries(responses).find(([status]) => status.startsWith("2"));
    expect(without((one) => done(one) !== undefined)).toEqual([]);
    const TYPES: Readonly<Record<string, string>> = {
      svg: "image/svg+xml",
      png: "image/png",
      atom: "application/atom+xml",
      md: "text/markdown",
      html: "text/html",
    };
    const wrong = without((one) => {
      const { content = {} } = done(one)?.[1] ?? {};
      const byName = TYPES[/\.(\w+)$/.exec(one.url)?.[1] ?? ""];
      // A bare text is no JSON.
      const isText = content["application/json"]?.schema?.type === "string";
      return !isText && (byName === undefined || byName in content);
    });
    expect(wrong).toEqual([]);
  });

  test("says how it is refused: as a problem, in one place for all", () => {
    const { responses } = document.components;
    for (const [name, { content }] of Object.entries(responses))
      if (name !== "NotModified") expect(Object.keys(content ?? {}), name).toEqual(["application/problem+json"]);
    // What is not ready says which check it is that fails.
    expect(
      without(({ url, operation }) =>
        Object.entries(operation.responses).every(
          ([status, { $ref }]) =>
            status.startsWith("2") || url === "/readyz" || $ref?.startsWith("#/components/responses/") === true,
        ),
      ),
    ).toEqual([]);
    const expected = ({ method, url }: { method: string; url: string }) => [
      "400",
      "401",
      "403",
      "429",
      "500",
      "503",
      ...(method === "GET" ? [] : ["413"]),
      ...(keepingOf(method, url) === "named" ? ["304"] : []),
    ];
    expect(without((one) => expected(one).every((status) => status in one.operation.responses))).toEqual([]);
    expect(OPERATIONS.find(({ name }) => name === "POST /api/v1/account/keys")?.operation).toMatchObject({
      parameters: [{ name: "idempotency-key", in: "header" }],
      responses: { 409: {}, 422: {} },
    });
  });

  test("says who may call it, as the table of permissions does", () => {
    const needs = ({ security = [] }: Operation) => [...new Set(security.flatMap((one) => Object.values(one).flat()))];
    const wrong = without(({ method, url, operation }) => {
      const needed = permissionOf(method, url);
      return needs(operation).join() === (needed === "public" ? "" : needed);
    });
    expect(wrong).toEqual([]);
    const waysOf = (name: string) =>
      OPERATIONS.find((one) => one.name === name)?.operation.security?.map((one) => Object.keys(one).join());
    expect(waysOf("GET /api/v1/insights")).toEqual(["", "session", "token", "apiKey", "operator"]);
    expect(waysOf("GET /api/v1/account")).toEqual(["session", "token"]);
    expect(waysOf("GET /api/v1/people")).toEqual(["session", "token", "operator"]);
    expect(waysOf("POST /api/v1/setup/test")).toEqual(["session", "token", "apiKey", "operator"]);
    expect(waysOf("GET /livez")).toEqual([]);
  });

  /** `permissions.test.ts` sees them. */
  test("tells of each status that it is seen to answer", () => {
    const seen = readFileSync(new URL("../permissions.statuses.txt", import.meta.url), "utf8");
    const untold = OPERATIONS.flatMap(({ name, operation }) => {
      const line = seen.split("\n").find((one) => one.startsWith(`${name}: `)) ?? "";
      const statuses = line
        .slice(name.length + 2)
        .split("; ")
        .map((part) => part.slice(0, 3));
      return statuses.filter((status) => !(status in operation.responses)).map((status) => `${name} ${status}`);
    });
    expect(untold).toEqual([]);
  });
});

test("categories, kinds and statuses of insights and signals are told one by one", () => {
  const { paths } = document as unknown as {
    paths: Record<string, { get: { parameters: { name: string; schema: object }[] } }>;
  };
  const parameters = ["/api/v1/insights", "/api/v1/signals"].flatMap((path) => paths[path]?.get.parameters ?? []);
  const chosen = parameters.filter(({ name }) => ["category", "kind", "status"].includes(name));
  expect(chosen).toHaveLength(5);
  for (const { schema } of chosen) expect(schema).toMatchObject({ anyOf: [{ enum: expect.any(Array) }, {}] });
});
