import type { App } from "../app-types.ts";
import { withStyleNonce } from "../nonce.ts";
import type { ApiDocument } from "../reference/api-document.ts";
import { writeReference } from "../reference/write-reference.ts";

/** What the API can do: for programs, and to be read. */
export function registerReferenceRoutes(app: App): void {
  let page: string | undefined;
  app.get("/api/v1/openapi.json", { schema: { hide: true } }, () => app.swagger());
  app.get("/reference", { schema: { hide: true } }, async (_request, reply) => {
    // Routes do not change while the server runs.
    page ??= writeReference(app.swagger() as ApiDocument);
    return reply.type("text/html; charset=utf-8").send(withStyleNonce(page, reply));
  });
}
