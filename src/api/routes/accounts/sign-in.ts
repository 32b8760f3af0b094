import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  acceptInvitation,
  createAccount,
  requestPasswordReset,
  resetPassword,
  sendVerification,
  signIn,
  signUp,
  verifyEmail,
} from "#auth";
import { accounts as contract, problem, session } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { auditBasics } from "../audit-basics.ts";
import { presentSession } from "../present-session.ts";
import { clearSessionCookie } from "../session-cookies.ts";
import { visitorOf } from "../visitor-of.ts";

const tags = ["session"];
const refused = { 400: problem, 401: problem, 403: problem, 409: problem, 429: problem };
const sent = { 202: z.null(), 400: problem, 429: problem };

/** Signing in and up, and the links that are mailed for it. */
export function registerSignInRoutes(app: App, deps: ApiDeps): void {
  app.post(
    "/api/v1/auth/sign-in",
    {
      schema: {
        summary: "Sign this browser in to an account",
        tags,
        body: contract.signInBody,
        response: { 200: session, ...refused },
      },
    },
    async (request, reply) => openSession(deps, { request, reply, ...request.body }),
  );
  app.post(
    "/api/v1/auth/sign-up",
    {
      schema: {
        summary: "Make an account: where registration is open, by an invitation, or as the operator",
        tags,
        body: contract.signUpBody,
        response: { 200: contract.signUpAnswer, ...refused },
      },
    },
    async (request, reply) => {
      const email = await makeAccount(deps, request);
      if (email === undefined) return { next: "confirm-email" as const };
      await openSession(deps, { request, reply, email, password: request.body.password });
      return { next: "signed-in" as const };
    },
  );
  registerMailedLinks(app, deps);
}

type SignUpRequest = FastifyRequest<{ Body: z.infer<typeof contract.signUpBody> }>;

/** The address of an account that can be used at once; `undefined` where a mailed link has to be opened first. */
async function makeAccount({ db, accounts }: ApiDeps, request: SignUpRequest): Promise<string | undefined> {
  const { name, email, password, invitation } = request.body;
  if (invitation !== undefined) {
    const invited = await acceptInvitation(accounts, { name, password, token: invitation });
    await audit(db, request, "account.accept-invitation");
    return invited;
  }
  if (email === undefined) throw new AppError("API_BAD_REQUEST", "an e-mail address is missing");
  if (request.actor.role !== "operator") {
    await signUp(accounts, { name, email, password }, visitorOf(request));
    return undefined;
  }
  const personId = await createAccount(accounts, { name, email, password }, "admin");
  const target = `person ${personId}`;
  await access.appendAudit(db, { ...auditBasics(request), action: "account.create-admin", target });
  return email;
}

type Opening = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly email: string;
  readonly password: string;
};

async function openSession(deps: ApiDeps, { request, reply, email, password }: Opening) {
  const { db, accounts, secrets } = deps;
  const { anonymousId, personId } = request.actor;
  // Of the operator by token feedback belongs to no browser.
  const before = anonymousId ?? (request.actor.person === undefined && personId !== "operator" ? personId : null);
  const visitor = visitorOf(request);
  const { person, cookies } = await signIn(accounts, { email, password, visitor, anonymousId: before });
  for (const cookie of cookies) void reply.header("set-cookie", cookie);
  // What was said under it is the account's now; whoever uses this browser next is somebody else.
  clearSessionCookie({ request, reply, secrets }, "person");
  const by = { ...auditBasics(request), role: person.role, personId: person.id };
  await access.appendAudit(db, { ...by, action: "session.sign-in", target: "session" });
  void reply.header("cache-control", "no-store");
  const role = request.actor.role === "operator" ? "operator" : person.role;
  return await presentSession(deps, { role, personId: person.id, person });
}

function registerMailedLinks(app: App, { db, accounts }: ApiDeps): void {
  app.post(
    "/api/v1/auth/verify-email",
    {
      schema: {
        summary: "Confirm an e-mail address by the token that was mailed",
        tags,
        body: contract.mailedToken,
        response: { 204: z.null(), 400: problem, 429: problem },
      },
    },
    async (request, reply) => {
      await verifyEmail(accounts, request.body.token);
      await audit(db, request, "account.verify-email");
      return reply.status(204).send(null);
    },
  );
  app.post(
    "/api/v1/auth/verify-email/send",
    { schema: { summary: "Mail that token again, if it is needed", tags, body: contract.emailBody, response: sent } },
    async (request, reply) => {
      const { address } = visitorOf(request);
      await sendVerification(accounts, { email: request.body.email, address });
      return reply.status(202).send(null);
    },
  );
  app.post(
    "/api/v1/auth/reset-password/send",
    {
      schema: {
        summary: "Mail a token that sets a new password, if there is such an account",
        tags,
        body: contract.emailBody,
        response: sent,
      },
    },
    async (request, reply) => {
      const { address } = visitorOf(request);
      await requestPasswordReset(accounts, { email: request.body.email, address });
      return reply.status(202).send(null);
    },
  );
  app.post(
    "/api/v1/auth/reset-password",
    {
      schema: {
        summary: "Set a new password by the token that was mailed; every session ends",
        tags,
        body: contract.resetBody,
        response: { 204: z.null(), 400: problem, 429: problem },
      },
    },
    async (request, reply) => {
      await resetPassword(accounts, request.body);
      await audit(db, request, "account.reset-password");
      return reply.status(204).send(null);
    },
  );
}

async function audit(db: ApiDeps["db"], request: FastifyRequest, action: string): Promise<void> {
  await access.appendAudit(db, { ...auditBasics(request), action, target: "account" });
}
