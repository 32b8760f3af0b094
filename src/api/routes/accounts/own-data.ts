import { z } from "zod";
import { askEmailChange, confirmEmailChange, deleteAccount } from "#auth";
import { accounts as contract, problem } from "#contract";
import { AppError } from "#lib";
import { access, feedback } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { personOf } from "../../person-of.ts";
import { presentStoredSession } from "../../present-device.ts";
import { presentKey } from "../../present-key.ts";
import { presentPasskey } from "../../present-passkey.ts";
import { presentPerson } from "../../present-session.ts";
import { proofOf } from "../../proof-of.ts";
import { refuseToken } from "../../refuse-token.ts";
import { clearAccountCookie } from "../../session-cookies.ts";

const tags = ["account"];
const refused = { 400: problem, 401: problem, 403: problem, 409: problem, 429: problem };

/** As much as somebody looks through; the export has all. */
const MOST_SAID = 200;

/** What is kept about somebody: told, moved to another address, and removed. */
export function registerOwnDataRoutes(app: App, deps: ApiDeps): void {
  const { db, accounts } = deps;
  app.post(
    "/api/v1/account/email",
    {
      schema: {
        summary: "Mail a link to another address, which is your account's once it is opened",
        tags,
        body: contract.changeEmailBody,
        response: { 202: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      const { email } = request.body;
      await askEmailChange(accounts, { ...proofOf(request), email, by: auditBasics(request) });
      return reply.status(202).send(null);
    },
  );
  app.post(
    "/api/v1/auth/confirm-email",
    {
      schema: {
        summary: "Change the address of an account by the token that was mailed to it",
        tags: ["session"],
        body: contract.mailedToken,
        response: { 204: z.null(), 400: problem, 429: problem },
      },
    },
    async (request, reply) => {
      await confirmEmailChange(accounts, { ...request.body, by: auditBasics(request) });
      return reply.status(204).send(null);
    },
  );
  app.get(
    "/api/v1/account/export",
    {
      schema: {
        summary: "All that is kept about you",
        tags,
        response: { 200: contract.personExport, 401: problem, 403: problem },
      },
    },
    async (request, reply) => {
      refuseToken(request);
      void reply.header("content-disposition", 'attachment; filename="utxoiq-account.json"');
      return presentExport(personOf(request), await access.accounts.exportPerson(db, personOf(request)));
    },
  );
  app.get(
    "/api/v1/account/feedback",
    {
      schema: {
        summary: "What you said of insights, the newest first",
        tags,
        response: { 200: contract.saidList, 401: problem, 403: problem },
      },
    },
    async (request) => {
      const said = await feedback.listSaid(db, { personId: personOf(request).id, limit: MOST_SAID + 1 });
      return {
        said: said.slice(0, MOST_SAID).map((one) => ({ ...one, at: one.at.toISOString() })),
        complete: said.length <= MOST_SAID,
      };
    },
  );
  app.post(
    "/api/v1/account/delete",
    {
      schema: {
        summary: "Delete your account; what you said of insights stays, and stands for nobody",
        tags,
        body: contract.proofBody,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      const audit = { ...auditBasics(request), action: "account.delete", target: `person ${personOf(request).id}` };
      const outcome = await deleteAccount(accounts, { ...proofOf(request), audit });
      if (outcome === "last-admin") {
        throw new AppError("API_LAST_ADMIN", "nobody else could administer then; make another administrator first");
      }
      clearAccountCookie({ reply }, accounts.cookieName);
      return reply.status(204).send(null);
    },
  );
}

function presentExport(
  person: access.accounts.Person,
  kept: Awaited<ReturnType<typeof access.accounts.exportPerson>>,
): contract.PersonExport {
  const dated = <Row extends { readonly at: Date }>(row: Row) => ({ ...row, at: row.at.toISOString() });
  return {
    exportedAt: new Date().toISOString(),
    person: presentPerson(person),
    signInMethods: kept.methods.map(({ createdAt, ...rest }) => ({ ...rest, createdAt: createdAt.toISOString() })),
    sessions: kept.sessions.map(presentStoredSession),
    keys: kept.keys.map(({ revokedAt, ...key }) => ({
      ...presentKey(key),
      revokedAt: revokedAt?.toISOString() ?? null,
    })),
    tokens: kept.tokens,
    passkeys: kept.passkeys.map(presentPasskey),
    ratings: kept.ratings.flatMap(({ insightId, stars }) => (stars === null ? [] : [{ insightId, stars }])),
    comments: kept.comments.map(dated),
    flags: kept.flags.map(dated),
    did: kept.did.map(dated),
    done: kept.done.map(dated),
    denials: kept.denials.map(({ firstAt, lastAt, ...rest }) => ({
      ...rest,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
    usage: kept.usage.map(({ hour, ...rest }) => ({ ...rest, hour: hour.toISOString() })),
    invitations: kept.invitations.map(({ createdAt, expiresAt, role }) => ({
      role,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}
