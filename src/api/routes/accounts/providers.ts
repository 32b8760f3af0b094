import { z } from "zod";
import { providers } from "#auth";
import { accounts as contract, problem, signInAnswer } from "#contract";
import type { App, ApiDeps } from "../../app-types.ts";
import { anonymousIdOf, askForCode, beginSession, setCookies } from "../../begin-session.ts";
import { setLeavingCookie, takeLeavingCookie } from "../../session-cookies.ts";
import { visitorOf } from "../../visitor-of.ts";

const tags = ["session"];
const refused = { 400: problem, 403: problem, 404: problem, 429: problem, 503: problem };
const params = z.object({
  provider: z.string().max(20).meta({ description: "Such as google, as /api/v1/session lists them" }),
});

/** Signing in by somebody else's word. */
export function registerProviderRoutes(app: App, deps: ApiDeps): void {
  const { accounts } = deps;
  app.post(
    "/api/v1/auth/providers/:provider",
    {
      schema: {
        summary: "Where a browser has to go to sign in by another's word",
        tags,
        params,
        body: contract.askProviderBody,
        response: { 200: contract.providerAddress, ...refused },
      },
    },
    async (request, reply) => {
      const asked = { ...request.params, ...request.body, visitor: visitorOf(request) };
      const { url, cookies } = await providers.askProvider(accounts, asked);
      setCookies(reply, cookies);
      const leaving = { anonymousId: anonymousIdOf(request), sessionId: request.actor.sessionId ?? null };
      setLeavingCookie({ request, reply, secrets: deps.secrets }, leaving);
      return { url };
    },
  );
  // A browser comes here from another site, so a session that opens here is not sent along until it has gone on.
  app.get(
    "/api/v1/auth/callback/:provider",
    { exposeHeadRoute: false, schema: { hide: true, params } },
    async (request, reply) => {
      const { provider } = request.params;
      const [, query = ""] = request.url.split("?");
      const left = takeLeavingCookie({ request, reply, secrets: deps.secrets });
      const anonymousId = left?.anonymousId ?? anonymousIdOf(request);
      const coming = { provider, query: `?${query}`, visitor: visitorOf(request), anonymousId };
      const { cookies, page, signedIn, refusedAs } = await providers.comeBack(accounts, coming);
      reply.deniedCode = refusedAs;
      if (signedIn === undefined) setCookies(reply, cookies);
      else await beginSession(deps, { request, reply, signedIn, by: provider, former: left?.sessionId ?? undefined });
      return reply.redirect(page, 303);
    },
  );
  app.post(
    "/api/v1/auth/firebase",
    {
      schema: {
        summary: "Sign in by an ID token of Firebase Authentication",
        tags,
        body: contract.firebaseBody,
        response: { 200: signInAnswer, ...refused },
      },
    },
    async (request, reply) => {
      const visitor = visitorOf(request);
      const asked = { token: request.body.idToken, visitor, anonymousId: anonymousIdOf(request) };
      const outcome = await providers.signInByFirebase(accounts, asked);
      if ("next" in outcome) return askForCode(deps, { reply, cookies: outcome.cookies });
      return beginSession(deps, { request, reply, signedIn: outcome, by: "firebase" });
    },
  );
}
