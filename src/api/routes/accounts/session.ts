import { z } from "zod";
import { drawId, redeemOperatorCode } from "#auth";
import { accounts as contract, operatorLinkQuery, problem, session } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { presentDevice } from "../../present-device.ts";
import { presentSession } from "../../present-session.ts";
import { clearAccountCookie, clearSessionCookie, setSessionCookie } from "../../session-cookies.ts";
import { visitorOf } from "../../visitor-of.ts";

/** Who one is, the browsers of the operator, and the link with a one-time code that makes a browser the operator's. */
export function registerSessionRoutes(app: App, deps: ApiDeps): void {
  const { db, secrets, accounts } = deps;
  app.get(
    "/api/v1/session",
    { schema: { summary: "Who the server takes you for", tags: ["session"], response: { 200: session } } },
    ({ actor }) => {
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
      const { role, person, sessionId, operator, use } = request.actor;
      // Beside a token cookies are not looked at: they are left as they are.
      const byToken = use !== undefined || (role === "operator" && operator === undefined);
      if (!byToken) {
        clearSessionCookie({ request, reply, secrets }, "operator");
        clearAccountCookie({ reply }, accounts.cookieName);
      }
      if (operator !== undefined) {
        const { id } = operator;
        const audit = { ...auditBasics(request), action: "session.sign-out", target: `operator session ${id}` };
        await access.endOperatorSession(db, { id, audit });
      }
      if (person !== undefined && sessionId !== undefined) {
        const audit = { ...auditBasics(request), action: "session.sign-out", target: `session ${sessionId}` };
        await access.accounts.endSessions(db, { personId: person.id, sessionId, audit });
      }
      return presentSession(deps, { role: "guest", personId: null });
    },
  );

  registerOperatorSessions(app, deps);
  app.get(
    "/operator",
    // A look at the link alone (HEAD) must not use it up.
    { exposeHeadRoute: false, schema: { hide: true, querystring: operatorLinkQuery, response: { 401: problem } } },
    async (request, reply) => {
      const { code } = request.query;
      if (!(await redeemOperatorCode(db, secrets.instanceKey, { code, now: Date.now() / 1_000 }))) {
        // Whoever followed the link in a browser reads why on a page.
        if (request.headers.accept?.includes("text/html") === true) {
          reply.deniedCode = "API_CODE_REFUSED";
          return reply.redirect("/sign-in?problem=API_CODE_REFUSED", 303);
        }
        throw new AppError(
          "API_CODE_REFUSED",
          "this link was used before, is older than 15 minutes or belongs to another instance: utxoiq operator prints a new one",
        );
      }
      const id = drawId();
      const expiresAt = setSessionCookie({ request, reply, secrets }, "operator", id);
      const { address, userAgent } = visitorOf(request);
      const by = { ...auditBasics(request), role: "operator" };
      const audit = { ...by, action: "session.operator", target: `operator session ${id}` };
      await access.beginOperatorSession(db, { id, expiresAt, address, userAgent, audit });
      // This browser had one before, whose cookie is replaced.
      const before = request.actor.operator;
      if (before !== undefined)
        await access.endOperatorSession(db, {
          id: before.id,
          audit: { ...audit, action: "session.end", target: `operator session ${before.id}` },
        });
      return reply.redirect("/dashboard");
    },
  );
}

function registerOperatorSessions(app: App, { db }: ApiDeps): void {
  const tags = ["administration"];
  app.get(
    "/api/v1/operator/sessions",
    {
      schema: {
        summary: "Browsers that the operator's link was opened in, the newest first",
        tags,
        response: { 200: contract.deviceList, 401: problem, 403: problem },
      },
    },
    async ({ actor }) => {
      const sessions = await access.listOperatorSessions(db);
      return { sessions: sessions.map((one) => presentDevice(one, actor.operator?.id)) };
    },
  );
  app.delete(
    "/api/v1/operator/sessions/:sessionId",
    {
      schema: {
        summary: "Sign a browser of the operator's out",
        tags,
        params: z.object({ sessionId: z.string().max(64).meta({ description: "Of the browser, as the list has it" }) }),
        response: { 204: z.null(), 400: problem, 401: problem, 403: problem, 404: problem },
      },
    },
    async (request, reply) => {
      const { sessionId: id } = request.params;
      const audit = { ...auditBasics(request), action: "session.end", target: `operator session ${id}` };
      if (!(await access.endOperatorSession(db, { id, audit })))
        throw new AppError("API_SESSION_NOT_FOUND", "there is no such session of the operator's, or it has ended");
      return reply.status(204).send(null);
    },
  );
}
