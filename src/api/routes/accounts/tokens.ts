import { createTokens, listPublicKeys, renewTokens } from "#auth";
import { accounts as contract, problem } from "#contract";
import { AppError, invariant } from "#lib";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { personOf } from "../../person-of.ts";

const refused = { 400: problem, 401: problem, 403: problem, 429: problem };

/** Tokens with which programs ask as somebody who is signed in. */
export function registerTokenRoutes(app: App, { accounts }: ApiDeps): void {
  app.post(
    "/api/v1/account/token",
    {
      schema: {
        summary: "A token (JWT) that says who you are for a quarter of an hour, and what renews it",
        tags: ["account"],
        response: { 200: contract.tokenAnswer, ...refused },
      },
    },
    async (request) => {
      const { sessionId, use } = request.actor;
      invariant(sessionId !== undefined, "keys have no account, so somebody is signed in");
      // Else one that was copied could be made to last as long as the session.
      if (use !== undefined) throw new AppError("AUTH_TOKEN_REFUSED", "a token makes no other: renew it");
      return createTokens(accounts, { personId: personOf(request).id, sessionId, by: auditBasics(request) });
    },
  );
  app.post(
    "/api/v1/auth/token",
    {
      schema: {
        summary: "The next token, and what renews that",
        tags: ["session"],
        body: contract.renewBody,
        response: { 200: contract.tokenAnswer, ...refused },
      },
    },
    (request) => {
      return renewTokens(accounts, request.body.refreshToken, auditBasics(request));
    },
  );
  app.get("/.well-known/jwks.json", { schema: { hide: true } }, (_request, reply) => {
    void reply.header("cache-control", "public, max-age=300");
    return listPublicKeys(accounts);
  });
}
