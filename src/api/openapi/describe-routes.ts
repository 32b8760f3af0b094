import swagger, { type FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import type { RouteOptions } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { VERSION } from "#lib";
import type { ApiDeps, App } from "../app-types.ts";
import { permissionOf } from "../permissions.ts";
import { COMMON_ANSWERS, commonAnswersOf, describeCommonAnswers } from "./common-answers.ts";
import { describeSecurity, securityOf } from "./security-of.ts";

type Transform = NonNullable<FastifyDynamicSwaggerOptions["transform"]>;
type TransformObject = NonNullable<FastifyDynamicSwaggerOptions["transformObject"]>;

/** The OpenAPI document: of each route what it says itself, and what follows from the tables for all of them. */
export async function describeRoutes(app: App, { guests, accounts }: Pick<ApiDeps, "guests" | "accounts">) {
  const transform: Transform = (document) => {
    const { route, schema } = document;
    if (schema === undefined || schema.hide === true) return jsonSchemaTransform(document);
    const [method = ""] = [route.method].flat();
    const needed = permissionOf(method, route.url) ?? "administer";
    const told = {
      operationId: operationIdOf(route),
      ...schema,
      ...(route.config?.idempotent !== undefined && { headers: idempotencyHeaders }),
      security: securityOf(needed, guests),
      response: { ...commonAnswersOf(route), ...(schema.response as object) },
    };
    return jsonSchemaTransform({ ...document, schema: told });
  };
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "utxoIQ",
        version: VERSION,
        description:
          "What happens on-chain, why it stands out, with evidence. Amounts are integers in satoshis, times ISO-8601 UTC.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [
        { url: "/", description: "Where this document comes from" },
        { url: accounts.publicUrl, description: "Under the name that people reach it by" },
      ],
      components: { securitySchemes: describeSecurity(accounts.cookieName) as never },
    },
    transform,
    transformObject: shareAnswers,
  });
}

const idempotencyHeaders = z.object({
  "idempotency-key": z
    .string()
    .max(257)
    .optional()
    .meta({ description: "Drawn for this request: it is carried out once, however often it is sent within a day" }),
});

/** `GET /api/v1/insights/:id/picture.svg` is `getInsightsIdPictureSvg`. */
function operationIdOf({ method, url }: Pick<RouteOptions, "method" | "url">): string {
  const words = url.replace("/api/v1/", "").split(/[^A-Za-z0-9]+/);
  return (
    [method].flat().join("").toLowerCase() +
    words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")
  );
}

const DONE: Readonly<Record<string, string>> = {
  200: "What was asked for",
  201: "It was made",
  202: "It will be done",
  204: "It was done; there is nothing to tell",
};

type Response = {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>;
};

/** Errors, which are the same everywhere, stand once. */
const shareAnswers: TransformObject = (document) => {
  const {
    paths = {},
    components,
    ...rest
  } = jsonSchemaTransformObject(document) as {
    paths?: Record<string, Record<string, { responses: Record<string, object> }>>;
    components: { schemas: Record<string, object> };
  };
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
    for (const [status, response] of Object.entries(operation.responses))
      operation.responses[status] = shared(status, response as Response);
  // What is only answered has no other form in which it is sent; what streams say is in no operation.
  const text = JSON.stringify([paths, components]);
  const isUsed = (name: string): boolean => text.includes(`"#/components/schemas/${name}"`);
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).filter(
      ([name]) => !name.endsWith("Input") || isUsed(name) || !isUsed(name.replace(/Input$/, "")),
    ),
  );
  return { ...rest, components: { ...components, schemas, responses: describeCommonAnswers() }, paths };
};

function shared(status: string, response: Response): object {
  const common = COMMON_ANSWERS[status];
  const [content] = Object.values(response.content ?? {});
  const isProblem = content === undefined || content.schema?.$ref?.endsWith("/Problem") === true;
  if (common !== undefined && isProblem) return { $ref: `#/components/responses/${common.name}` };
  return { ...response, description: DONE[status] ?? common?.says ?? response.description };
}
