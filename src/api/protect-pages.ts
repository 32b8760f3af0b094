import helmet, { type FastifyHelmetOptions } from "@fastify/helmet";
import fastify from "fastify";
import type { App } from "./app-types.ts";

/** What browsers may load and show of ours. */
const POLICY: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      // Pages add a word of their own for the styles that are written into them: nonce.ts.
      styleSrc: ["'self'"],
      // What a script sets of a single element runs nothing.
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
  strictTransportSecurity: false,
};

/** Of an answer itself, and no policy. */
const OF_THE_ANSWER: readonly string[] = ["content-type", "content-length", "date", "connection"];

/**
 * Sets the headers that keep browsers from what they must not do. They are the same for every answer, so they are made
 * once: made anew for each they took a tenth of the time that a short answer takes.
 */
export async function protectPages(app: App): Promise<void> {
  const headers = await securityHeaders();
  app.addHook("onRequest", async (_request, reply) => void reply.headers(headers));
}

async function securityHeaders(): Promise<Readonly<Record<string, string>>> {
  const app = fastify();
  await app.register(helmet, POLICY);
  app.get("/", () => "");
  const { headers } = await app.inject("/");
  await app.close();
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_THE_ANSWER.includes(name) ? [] : [[name, String(value)]],
    ),
  );
}
