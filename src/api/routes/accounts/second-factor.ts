import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { secondFactor } from "#auth";
import { accounts as contract, problem, signInAnswer } from "#contract";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { anonymousIdOf, beginSession, setCookies } from "../../begin-session.ts";
import { personOf } from "../../person-of.ts";
import { proofOf } from "../../proof-of.ts";
import { visitorOf } from "../../visitor-of.ts";

const tags = ["account"];
const refused = { 400: problem, 401: problem, 403: problem, 409: problem, 429: problem };

/** Codes that are asked for beside a password: setting them up, and the second step of signing in. */
export function registerSecondFactorRoutes(app: App, deps: ApiDeps): void {
  const { accounts } = deps;
  app.post(
    "/api/v1/auth/second-factor",
    {
      schema: {
        summary: "Sign this browser in: the code that follows the password, or a recovery code",
        tags: ["session"],
        body: contract.codeBody,
        response: { 200: signInAnswer, ...refused },
      },
    },
    async (request, reply) => {
      const step = { ...request.body, visitor: visitorOf(request), anonymousId: anonymousIdOf(request) };
      const signedIn = await secondFactor.verifySecondFactor(accounts, step);
      return beginSession(deps, { request, reply, signedIn, by: signedIn.by });
    },
  );
  app.get(
    "/api/v1/account/second-factor",
    {
      schema: {
        summary: "Whether codes are asked for, and how many recovery codes are left",
        tags,
        response: { 200: contract.secondFactorState, 401: problem },
      },
    },
    async (request) => {
      const person = personOf(request);
      return {
        on: person.secondFactor,
        recoveryCodesLeft: await secondFactor.countRecoveryCodes(accounts, person),
      };
    },
  );
  app.post(
    "/api/v1/account/second-factor",
    {
      schema: {
        summary: "What an app for codes needs; it counts from the first code on",
        tags,
        body: contract.proofBody,
        response: { 200: contract.newSecondFactor, ...refused },
      },
    },
    async (request) => {
      const { uri, recoveryCodes } = await secondFactor.beginSecondFactor(accounts, changing(request, "begin"));
      return { uri, recoveryCodes: [...recoveryCodes] };
    },
  );
  app.post(
    "/api/v1/account/second-factor/confirm",
    {
      schema: {
        summary: "Ask for codes from now on, by the first of them; every other session ends",
        tags,
        body: contract.codeBody,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      const { person, visitor, audit } = changing(request, "on");
      const { code } = request.body;
      setCookies(reply, await secondFactor.confirmSecondFactor(accounts, { person, visitor, audit, code }));
      return reply.status(204).send(null);
    },
  );
  app.post(
    "/api/v1/account/second-factor/end",
    {
      schema: {
        summary: "Ask for codes no more",
        tags,
        body: contract.proofBody,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      await secondFactor.endSecondFactor(accounts, changing(request, "off"));
      return reply.status(204).send(null);
    },
  );
  app.post(
    "/api/v1/account/second-factor/recovery-codes",
    {
      schema: {
        summary: "Other recovery codes in the place of those that were told",
        tags,
        body: contract.proofBody,
        response: { 200: contract.recoveryCodesAnswer, ...refused },
      },
    },
    async (request) => {
      const codes = await secondFactor.renewRecoveryCodes(accounts, changing(request, "recovery-codes"));
      return { recoveryCodes: [...codes] };
    },
  );
}

function changing(request: FastifyRequest, what: string) {
  const person = personOf(request);
  const audit = { ...auditBasics(request), action: `second-factor.${what}`, target: `person ${person.id}` };
  return { ...proofOf(request), audit };
}
