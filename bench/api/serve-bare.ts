import fastify from "fastify";
import { answer } from "../workers.ts";

/** Fastify as it comes, with bodies that are given: what is left of an answer when nothing has to be looked up. */
export function serveBare(): void {
  answer({
    start: async ({ bodies }: { readonly bodies: Readonly<Record<string, string>> }) => {
      const app = fastify();
      for (const [path, body] of Object.entries(bodies))
        app.get(path, (_request, reply) => reply.type("application/json").send(body));
      return app.listen({ host: "127.0.0.1", port: 0 });
    },
  });
}
