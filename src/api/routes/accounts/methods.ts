import { z } from "zod";
import { proveAgain, providers, tellOfChange } from "#auth";
import { accounts as contract, problem } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { personOf } from "../../person-of.ts";
import { proofOf } from "../../proof-of.ts";
import { refuseLastWay } from "../../refuse-last-way.ts";

const tags = ["account"];
const refused = { 400: problem, 401: problem, 403: problem, 429: problem };

/** Others whose word opens an account. Whoever comes by one for the first time adds it. */
export function registerMethodRoutes(app: App, { db, accounts }: ApiDeps): void {
  app.get(
    "/api/v1/account/methods",
    {
      schema: {
        summary: "Others whose word opens your account",
        tags,
        response: { 200: contract.methodList, ...refused },
      },
    },
    async (request) => {
      const methods = await access.accounts.listMethods(db, personOf(request).id);
      return {
        methods: methods.map(({ id, provider, createdAt }) => {
          const name = providers.nameOf(accounts.providers, provider);
          return { id, provider, name, createdAt: createdAt.toISOString() };
        }),
      };
    },
  );
  app.post(
    "/api/v1/account/methods/:methodId/remove",
    {
      schema: {
        summary: "Have another's word open your account no more, unless nothing else does",
        tags,
        params: z.object({
          methodId: z.string().max(64).meta({ description: "Of the way to sign in, as the list has it" }),
        }),
        body: contract.proofBody,
        response: { 204: z.null(), 404: problem, 409: problem, ...refused },
      },
    },
    async (request, reply) => {
      const { methodId: id } = request.params;
      const person = personOf(request);
      await proveAgain(accounts, proofOf(request));
      const audit = { ...auditBasics(request), action: "method.remove", target: `method ${id}` };
      const removed = await access.accounts.removeWay(db, { of: person, kind: "method", id, audit });
      if (removed === undefined) throw new AppError("AUTH_NO_SUCH_METHOD", "you have no such way to sign in");
      refuseLastWay(removed);
      tellOfChange(accounts, person.email, "one that opened it by their word opens it no more");
      return reply.status(204).send(null);
    },
  );
}
