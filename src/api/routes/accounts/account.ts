import { z } from "zod";
import { changePassword } from "#auth";
import { accounts as contract, problem } from "#contract";
import { AppError, invariant } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { setCookies } from "../../begin-session.ts";
import { personOf } from "../../person-of.ts";
import { presentDevice } from "../../present-device.ts";
import { presentPerson } from "../../present-session.ts";
import { proofOf } from "../../proof-of.ts";
import { refuseToken } from "../../refuse-token.ts";
import { clearAccountCookie } from "../../session-cookies.ts";

const tags = ["account"];
const refused = { 400: problem, 401: problem, 403: problem, 429: problem };

/** One's own account: name, password, the devices that are signed in. */
export function registerAccountRoutes(app: App, deps: ApiDeps): void {
  const { db, accounts } = deps;
  app.get(
    "/api/v1/account",
    { schema: { summary: "Your account", tags, response: { 200: contract.person, 401: problem } } },
    (request) => {
      return presentPerson(personOf(request));
    },
  );
  app.patch(
    "/api/v1/account",
    {
      schema: {
        summary: "Change your name, time zone or language",
        tags,
        body: contract.changeProfileBody,
        response: { 200: contract.person, ...refused },
      },
    },
    async (request) => {
      const { id } = personOf(request);
      // What is changed, not to what: a name is nothing that is kept for ever.
      const details = { changed: Object.keys(request.body) };
      const audit = { ...auditBasics(request), action: "account.change", target: `person ${id}`, details };
      const changed = await access.accounts.changePerson(db, { id, change: request.body, audit });
      invariant(changed !== undefined && changed !== "last-admin", "whoever is signed in has an account");
      return presentPerson(changed);
    },
  );
  app.post(
    "/api/v1/account/password",
    {
      schema: {
        summary: "Set another password; every other session ends",
        tags,
        body: contract.changePasswordBody,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      const { current, password, endKeys } = request.body;
      const by = auditBasics(request);
      const asked = { ...proofOf(request), password: current, newPassword: password, endKeys, by };
      setCookies(reply, await changePassword(accounts, asked));
      return reply.status(204).send(null);
    },
  );
  registerDevices(app, deps);
}

function registerDevices(app: App, { db, accounts }: ApiDeps): void {
  app.get(
    "/api/v1/account/sessions",
    { schema: { summary: "Where you are signed in", tags, response: { 200: contract.deviceList, 401: problem } } },
    async (request) => {
      const sessions = await access.accounts.listSessions(db, personOf(request).id);
      return {
        sessions: sessions.map((one) => presentDevice(one, request.actor.sessionId)),
      };
    },
  );
  app.delete(
    "/api/v1/account/sessions",
    {
      schema: {
        summary: "Sign out everywhere",
        tags,
        querystring: contract.endAllQuery,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      refuseToken(request);
      const personId = personOf(request).id;
      const { keys: withKeys } = request.query;
      const details = { keys: withKeys };
      const audit = { ...auditBasics(request), action: "session.end-all", target: `person ${personId}`, details };
      await access.accounts.endSessions(db, { personId, withKeys, audit });
      clearAccountCookie({ reply }, accounts.cookieName);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    "/api/v1/account/sessions/:sessionId",
    {
      schema: {
        summary: "Sign one device out",
        tags,
        params: z.object({ sessionId: z.string().max(64).meta({ description: "Of the device, as the list has it" }) }),
        response: { 204: z.null(), 404: problem, ...refused },
      },
    },
    async (request, reply) => {
      refuseToken(request);
      const { sessionId } = request.params;
      const audit = { ...auditBasics(request), action: "session.end", target: `session ${sessionId}` };
      const ended = await access.accounts.endSessions(db, { personId: personOf(request).id, sessionId, audit });
      if (ended === 0) throw new AppError("API_SESSION_NOT_FOUND", "you have no such session");
      return reply.status(204).send(null);
    },
  );
}
