import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyRequest } from "fastify";
import type { App, ApiDeps } from "../app-types.ts";
import { withFirstAnswers } from "../first-answers.ts";
import { withNonce } from "../nonce.ts";
import { readPage } from "../read-page.ts";

/** Addresses of the page's own router (web/src/app/routes.tsx), all answered with the same file. */
const PAGES = [
  "/dashboard",
  "/blocks",
  "/blocks/:height",
  "/mempool",
  "/entities",
  "/entities/:actor",
  "/scorecard",
  "/series/:name",
  "/transactions/:txid",
  "/setup",
  "/sign-in",
  "/sign-up",
  "/verify-email",
  "/reset-password",
  "/confirm-email",
  "/account",
  "/administration",
  "/moderation",
] as const;

/** What programs ask for: there nothing is a page. */
const FOR_PROGRAMS = /^\/(api|v1|ws|assets|mcp)(\/|\?|$)/;

/** Whether a person's browser asks for a page; one that there is not says so in the page itself. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return method === "GET" && !FOR_PROGRAMS.test(url) && headers.accept?.includes("text/html") === true;
}

/** The built page: its files under /assets carry a hash in their name and never change. */
export async function registerDashboardRoutes(app: App, { webRoot }: ApiDeps): Promise<void> {
  await app.register(fastifyStatic, { root: webRoot, serve: false });
  app.get("/", { schema: { hide: true } }, (_request, reply) => reply.redirect("/dashboard"));
  for (const page of PAGES) {
    app.get(page, { schema: { hide: true } }, async (request, reply) => {
      const text = withNonce(await readPage(webRoot), reply);
      // With other words in its address it shows something else.
      const whole = request.url === "/dashboard" ? await withFirstAnswers(text, app, request) : text;
      return reply.type("text/html; charset=utf-8").send(whole);
    });
  }
  app.get("/favicon.svg", { schema: { hide: true } }, (_request, reply) =>
    reply.sendFile("favicon.svg", { maxAge: "1d" }),
  );
  app.get<{ Params: { "*": string } }>("/assets/*", { schema: { hide: true } }, (request, reply) =>
    reply.sendFile(request.params["*"], join(webRoot, "assets"), { maxAge: "365d", immutable: true }),
  );
}
