import { z } from "zod";
import { createApiKey, type NewApiKey, proveAgain, rotateApiKey, tellOfChange } from "#auth";
import { accounts as contract, problem } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { personOf } from "../../person-of.ts";
import { presentKey } from "../../present-key.ts";
import { proofOf } from "../../proof-of.ts";
import { refuseToken } from "../../refuse-token.ts";

const tags = ["account"];
const refused = { 400: problem, 401: problem, 403: problem, 409: problem, 429: problem };
const params = z.object({ keyId: z.string().max(64).meta({ description: "Of the key, as the list has it" }) });

/** Keys with which programs ask as somebody. */
export function registerApiKeyRoutes(app: App, { db, accounts }: ApiDeps): void {
  app.get(
    "/api/v1/account/keys",
    { schema: { summary: "Your keys that still count", tags, response: { 200: contract.keyList, ...refused } } },
    async (request) => {
      return { keys: (await access.accounts.listKeys(db, personOf(request).id)).map(presentKey) };
    },
  );
  app.post(
    "/api/v1/account/keys",
    {
      config: { idempotent: "told-once" },
      schema: {
        summary: "Make a key; it is told this once",
        tags,
        body: contract.keyBody,
        response: { 201: contract.newKey, ...refused },
      },
    },
    async (request, reply) => {
      const { name, scopes, days, requestsPerHour = null } = request.body;
      const person = personOf(request);
      const missing = scopes.filter((scope) => !request.permissions.includes(scope));
      if (missing.length > 0) {
        throw new AppError("API_FORBIDDEN", `you may not do this yourself: ${missing.join(", ")}`);
      }
      await proveAgain(accounts, proofOf(request));
      const by = auditBasics(request);
      const made = await createApiKey(db, person, { name, scopes, days, requestsPerHour, by });
      tellOfChange(accounts, person.email, `it has a new key, ${made.prefix}, by which a program can ask as you`);
      return reply.status(201).send(presentNewKey(made));
    },
  );
  app.post(
    "/api/v1/account/keys/:keyId/rotate",
    {
      config: { idempotent: "told-once" },
      schema: {
        summary: "Make a key that takes another's place; the other goes on for a while",
        tags,
        params,
        body: contract.rotateKeyBody,
        response: { 201: contract.newKey, 404: problem, ...refused },
      },
    },
    async (request, reply) => {
      const { overlapHours } = request.body;
      const person = personOf(request);
      await proveAgain(accounts, proofOf(request));
      const asked = { oldId: request.params.keyId, overlapHours, by: auditBasics(request) };
      const made = await rotateApiKey(db, person, asked);
      tellOfChange(accounts, person.email, `a new key, ${made.prefix}, has taken the place of another`);
      return reply.status(201).send(presentNewKey(made));
    },
  );
  app.delete(
    "/api/v1/account/keys/:keyId",
    { schema: { summary: "Revoke a key", tags, params, response: { 204: z.null(), 404: problem, ...refused } } },
    async (request, reply) => {
      refuseToken(request);
      const { keyId } = request.params;
      const audit = { ...auditBasics(request), action: "key.revoke", target: `key ${keyId}` };
      const revoked = await access.accounts.revokeKey(db, { personId: personOf(request).id, keyId, audit });
      if (!revoked) throw new AppError("AUTH_NO_SUCH_KEY", "you have no such key");
      return reply.status(204).send(null);
    },
  );
}

function presentNewKey({ key, ...rest }: NewApiKey) {
  return { ...presentKey(rest), key };
}
