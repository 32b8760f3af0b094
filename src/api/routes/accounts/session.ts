import { drawPersonId, endOperatorSession, redeemOperatorCode } from "#auth";
import { operatorLinkQuery, problem, session } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { presentSession } from "../../present-session.ts";
import { clearAccountCookie, clearSessionCookie, setSessionCookie } from "../../session-cookies.ts";

/** Who one is, and the link with a one-time code that makes a browser the operator's. */
export function registerSessionRoutes(app: App, deps: ApiDeps): void {
  const { db, secrets, accounts } = deps;
  app.get(
    "/api/v1/session",
    { schema: { summary: "Who the server takes you for", tags: ["session"], response: { 200: session } } },
    ({ actor }, reply) => {
      void reply.header("cache-control", "no-store");
      return presentSession(deps, actor);
    },
  );

  app.delete(
    "/api/v1/session",
    {
      schema: {
        summary: "Sign this browser out, as operator and of an account",
        tags: ["session"],
        response: { 200: session },
      },
    },
    async (request, reply) => {
      clearSessionCookie({ request, reply, secrets }, "operator");
      clearAccountCookie({ reply }, accounts.cookieName);
      const { person, sessionId, operator } = request.actor;
      if (operator !== undefined) {
        await endOperatorSession(accounts, operator);
        await access.appendAudit(db, { ...auditBasics(request), action: "session.sign-out", target: "session" });
      }
      if (person !== undefined && sessionId !== undefined) {
        const audit = { ...auditBasics(request), action: "session.sign-out", target: `session ${sessionId}` };
        await access.accounts.endSessions(db, { personId: person.id, sessionId, audit });
      }
      return presentSession(deps, { role: "guest", personId: null });
    },
  );

  app.get(
    "/operator",
    // A look at the link alone (HEAD) must not use it up.
    { exposeHeadRoute: false, schema: { hide: true, querystring: operatorLinkQuery, response: { 401: problem } } },
    async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const { code } = request.query;
      if (!(await redeemOperatorCode(db, secrets.instanceKey, { code, now: Date.now() / 1_000 }))) {
        throw new AppError(
          "API_CODE_REFUSED",
          "this link was used before, is older than 15 minutes or belongs to another instance: utxoiq operator prints a new one",
        );
      }
      const by = { ...auditBasics(request), role: "operator" };
      await access.appendAudit(db, { ...by, action: "session.operator", target: "session" });
      setSessionCookie({ request, reply, secrets }, "operator", drawPersonId());
      return reply.redirect("/dashboard");
    },
  );
}
