import { z } from "zod";
import { passkeys, proveAgain, tellOfChange } from "#auth";
import { accounts as contract, problem, signInAnswer } from "#contract";
import { AppError } from "#lib";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";
import { anonymousIdOf, beginSession, setCookies } from "../../begin-session.ts";
import { personOf } from "../../person-of.ts";
import { presentPasskey } from "../../present-passkey.ts";
import { proofOf } from "../../proof-of.ts";
import { refuseToken } from "../../refuse-token.ts";
import { refuseLastWay } from "../../refuse-last-way.ts";
import { visitorOf } from "../../visitor-of.ts";

const tags = ["account"];
const refused = { 400: problem, 401: problem, 403: problem, 429: problem };

/** Passkeys: those of an account, and signing in by one. */
export function registerPasskeyRoutes(app: App, deps: ApiDeps): void {
  const { db, accounts } = deps;
  app.post(
    "/api/v1/auth/passkey/options",
    {
      schema: {
        summary: "What a browser is asked to sign in by a passkey",
        tags: ["session"],
        response: { 200: contract.passkeyQuestion, ...refused },
      },
    },
    async (request, reply) => {
      const { options, cookies } = await passkeys.askForPasskey(accounts, visitorOf(request));
      setCookies(reply, cookies);
      return options;
    },
  );
  app.post(
    "/api/v1/auth/passkey",
    {
      schema: {
        summary: "Sign this browser in by a passkey",
        tags: ["session"],
        body: contract.passkeySignInBody,
        response: { 200: signInAnswer, ...refused },
      },
    },
    async (request, reply) => {
      const { answer } = request.body;
      const asked = { answer, visitor: visitorOf(request), anonymousId: anonymousIdOf(request) };
      const signedIn = await passkeys.signInByPasskey(accounts, asked);
      return beginSession(deps, { request, reply, signedIn, by: "passkey" });
    },
  );
  app.get(
    "/api/v1/account/passkeys",
    { schema: { summary: "Your passkeys", tags, response: { 200: contract.passkeyList, ...refused } } },
    async (request) => {
      const found = await access.accounts.listPasskeys(db, personOf(request).id);
      return { passkeys: found.map(presentPasskey) };
    },
  );
  app.post(
    "/api/v1/account/passkeys/options",
    {
      schema: {
        summary: "What a browser is asked to make a passkey for your account",
        tags,
        body: contract.proofBody,
        response: { 200: contract.passkeyQuestion, ...refused },
      },
    },
    async (request, reply) => {
      const { options, cookies } = await passkeys.askForNewPasskey(accounts, proofOf(request));
      setCookies(reply, cookies);
      return options;
    },
  );
  app.post(
    "/api/v1/account/passkeys",
    {
      schema: {
        summary: "Keep a passkey that a browser has made",
        tags,
        body: contract.newPasskeyBody,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      const person = personOf(request);
      refuseToken(request);
      const audit = { ...auditBasics(request), action: "passkey.add", target: `person ${person.id}` };
      await passkeys.savePasskey(accounts, { ...request.body, person, visitor: visitorOf(request), audit });
      return reply.status(204).send(null);
    },
  );
  app.post(
    "/api/v1/account/passkeys/:passkeyId/remove",
    {
      schema: {
        summary: "Forget a passkey",
        tags,
        params: z.object({ passkeyId: z.string().max(64).meta({ description: "Of the passkey, as the list has it" }) }),
        body: contract.proofBody,
        response: { 204: z.null(), 404: problem, 409: problem, ...refused },
      },
    },
    async (request, reply) => {
      const { passkeyId: id } = request.params;
      const person = personOf(request);
      await proveAgain(accounts, proofOf(request));
      const audit = { ...auditBasics(request), action: "passkey.remove", target: `passkey ${id}` };
      const removed = await access.accounts.removeWay(db, { of: person, kind: "passkey", id, audit });
      if (removed === undefined) throw new AppError("AUTH_NO_SUCH_PASSKEY", "you have no such passkey");
      refuseLastWay(removed);
      tellOfChange(accounts, person.email, "one of its passkeys opens it no more");
      return reply.status(204).send(null);
    },
  );
}
