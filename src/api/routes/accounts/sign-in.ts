import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  acceptInvitation,
  makeAccount,
  requestPasswordReset,
  resetPassword,
  sendVerification,
  signIn,
  signUp,
  verifyEmail,
} from "#auth";
import { accounts as contract, problem, signInAnswer } from "#contract";
import { AppError, invariant } from "#lib";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { anonymousIdOf, askForCode, beginSession } from "../../begin-session.ts";
import { visitorOf } from "../../visitor-of.ts";

const tags = ["session"];
const refused = { 400: problem, 401: problem, 403: problem, 409: problem, 429: problem };
const sent = { 202: z.null(), 400: problem, 429: problem };

/** Signing in and up, and the links that are mailed for it. */
export function registerSignInRoutes(app: App, deps: ApiDeps): void {
  app.post(
    "/api/v1/auth/sign-in",
    {
      schema: {
        summary: "Sign this browser in to an account, or ask for a code first",
        tags,
        body: contract.signInBody,
        response: { 200: signInAnswer, ...refused },
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
      const email = await makeUsable(deps, request);
      if (email === undefined) return { next: "confirm-email" as const };
      await openSession(deps, { request, reply, email, password: request.body.password });
      return { next: "signed-in" as const };
    },
  );
  registerMailedLinks(app, deps);
}

type SignUpRequest = FastifyRequest<{ Body: z.infer<typeof contract.signUpBody> }>;

/** The address of an account that can be used at once; `undefined` where a mailed link has to be opened first. */
async function makeUsable({ accounts }: ApiDeps, request: SignUpRequest): Promise<string | undefined> {
  const { name, email, password, invitation } = request.body;
  const by = auditBasics(request);
  if (invitation !== undefined) return acceptInvitation(accounts, { name, password, token: invitation, by });
  if (email === undefined) throw new AppError("API_BAD_REQUEST", "an e-mail address is missing");
  const account = { name, email, password };
  if (request.actor.role !== "operator") {
    await signUp(accounts, account, { visitor: visitorOf(request), by });
    return undefined;
  }
  const made = await makeAccount(accounts, { account, role: "admin", by, action: "account.create-admin" });
  invariant(made !== undefined, "nothing else is done with it");
  return email;
}

type Opening = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly email: string;
  readonly password: string;
};

async function openSession(deps: ApiDeps, { request, reply, email, password }: Opening) {
  const visitor = visitorOf(request);
  const outcome = await signIn(deps.accounts, { email, password, visitor, anonymousId: anonymousIdOf(request) });
  if ("next" in outcome) return askForCode(deps, { reply, cookies: outcome.cookies });
  return beginSession(deps, { request, reply, signedIn: outcome, by: "password" });
}

function registerMailedLinks(app: App, { accounts }: ApiDeps): void {
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
      await verifyEmail(accounts, { ...request.body, by: auditBasics(request) });
      return reply.status(204).send(null);
    },
  );
  app.post(
    "/api/v1/auth/verify-email/send",
    { schema: { summary: "Mail that token again, if it is needed", tags, body: contract.emailBody, response: sent } },
    async (request, reply) => {
      const { address } = visitorOf(request);
      await sendVerification(accounts, { email: request.body.email, address, by: auditBasics(request) });
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
      await requestPasswordReset(accounts, { email: request.body.email, address, by: auditBasics(request) });
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
      await resetPassword(accounts, { ...request.body, by: auditBasics(request) });
      return reply.status(204).send(null);
    },
  );
}
