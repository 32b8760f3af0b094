import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type Accounts, invite, proveAgain, tellOfChange } from "#auth";
import { accounts as contract, problem } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { presentPerson } from "../../present-session.ts";
import { proofOf } from "../../proof-of.ts";

const tags = ["administration"];
const refused = { 400: problem, 401: problem, 403: problem };
const refusedOrLocked = { ...refused, 429: problem };

/** Everybody's accounts, for administrators. */
export function registerPeopleRoutes(app: App, deps: ApiDeps): void {
  const { db, accounts } = deps;
  app.get(
    "/api/v1/people",
    {
      schema: {
        summary: "Everybody who has an account, newest first",
        tags,
        querystring: contract.listPeopleQuery,
        response: { 200: contract.personList, ...refused },
      },
    },
    async ({ query: { q, page, pageSize } }) => {
      const asked = { limit: pageSize + 1, offset: (page - 1) * pageSize, text: q };
      const people = await access.accounts.listPeople(db, asked);
      return { people: people.slice(0, pageSize).map(presentPerson), more: people.length > pageSize };
    },
  );
  app.patch(
    "/api/v1/people/:personId",
    {
      schema: {
        summary: "Give somebody another role or tier, or keep them out",
        description:
          "To make an administrator, or to turn codes off, an administrator shows once more who they are: the password, and a code of whoever has them.",
        tags,
        params: z.object({ personId: z.string().max(64).meta({ description: "Of the account" }) }),
        body: contract.changePersonBody,
        response: { 200: contract.person, 404: problem, 409: problem, ...refusedOrLocked },
      },
    },
    async (request) => {
      const { personId: id } = request.params;
      const { password: _, code: __, ...change } = request.body;
      const { role, secondFactor } = change;
      if (role === "admin" || secondFactor === false) await proveAdministrator(accounts, request);
      const audit = { ...auditBasics(request), action: "person.change", target: `person ${id}`, details: change };
      const changed = await access.accounts.changePerson(db, { id, change, audit });
      if (changed === undefined) throw new AppError("API_PERSON_NOT_FOUND", "there is no such account");
      if (changed === "last-admin") {
        throw new AppError("API_LAST_ADMIN", "nobody else could administer then; make another administrator first");
      }
      if (role !== undefined) tellOfChange(accounts, changed.email, `its role is ${role} from now on`);
      if (secondFactor === false)
        tellOfChange(accounts, changed.email, "an administrator has turned codes off: the password alone opens it");
      return presentPerson(changed);
    },
  );
  registerInvitations(app, deps);
}

function registerInvitations(app: App, { db, accounts }: ApiDeps): void {
  app.get(
    "/api/v1/invitations",
    {
      schema: {
        summary: "Invitations that nobody has used yet",
        tags,
        response: { 200: contract.invitationList, ...refused },
      },
    },
    async () => {
      return { invitations: (await access.accounts.listInvitations(db)).map(presentInvitation) };
    },
  );
  app.post(
    "/api/v1/invitations",
    {
      config: { idempotent: true },
      schema: {
        summary: "Mail somebody a link with which they make an account",
        tags,
        body: contract.inviteBody,
        response: { 201: contract.invitation, 503: problem, ...refusedOrLocked },
      },
    },
    async (request, reply) => {
      const { email, role } = request.body;
      if (role === "admin") await proveAdministrator(accounts, request);
      const invitation = await invite(accounts, { email, role, by: auditBasics(request) });
      return reply.status(201).send(presentInvitation(invitation));
    },
  );
  app.delete(
    "/api/v1/invitations/:invitationId",
    {
      schema: {
        summary: "Take an invitation back",
        tags,
        params: z.object({ invitationId: z.string().max(64).meta({ description: "Of the invitation" }) }),
        response: { 204: z.null(), 404: problem, ...refused },
      },
    },
    async (request, reply) => {
      const { invitationId: id } = request.params;
      const audit = { ...auditBasics(request), action: "person.withdraw-invitation", target: `invitation ${id}` };
      if (!(await access.accounts.withdrawInvitation(db, { id, audit })))
        throw new AppError("API_INVITATION_NOT_FOUND", "there is no such invitation, or somebody has used it");
      return reply.status(204).send(null);
    },
  );
}

/** Before all power is handed on, or another's account loses a lock. The operator has shown more: the machine. */
async function proveAdministrator(accounts: Accounts, request: FastifyRequest): Promise<void> {
  if (request.actor.role !== "operator") await proveAgain(accounts, proofOf(request));
}

function presentInvitation({ expiresAt, ...rest }: access.accounts.Invitation) {
  return { ...rest, expiresAt: expiresAt.toISOString() };
}
