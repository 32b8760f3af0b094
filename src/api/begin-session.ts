import type { FastifyReply, FastifyRequest } from "fastify";
import type { SignedIn } from "#auth";
import type { SignInAnswer } from "#contract";
import { access } from "#store";
import type { ApiDeps } from "./app-types.ts";
import { auditBasics } from "./audit-basics.ts";
import { presentSession } from "./present-session.ts";
import { clearSessionCookie } from "./session-cookies.ts";

type Beginning = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly signedIn: SignedIn;
  /** By what somebody showed who they are. */
  readonly by: string;
  /** Who was signed in before, where the request does not show it. */
  readonly former?: string | undefined;
};

/** Hands a new session to the browser that asked for it, and writes down that it did. What a page has to know then. */
export async function beginSession(
  deps: ApiDeps,
  { request, reply, signedIn: { person, sessionId, cookies }, by, former }: Beginning,
): Promise<SignInAnswer> {
  const { db, secrets } = deps;
  // Before the cookies go out: without an entry nobody has the session.
  const who = { ...auditBasics(request), role: person.role, personId: person.id };
  // Whoever was signed in here is not any more, the same person or another.
  const { sessionId: shown, use } = request.actor;
  const ended = use === undefined ? (shown ?? former) : undefined;
  if (ended !== undefined) await access.accounts.dropSession(db, ended);
  await access.appendAudit(db, { ...who, action: "session.sign-in", target: `person ${person.id}`, details: { by } });
  setCookies(reply, cookies);
  // What was said under it is the account's now; whoever uses this browser next is somebody else.
  clearSessionCookie({ request, reply, secrets }, "person");
  const role = request.actor.role === "operator" ? "operator" : person.role;
  return { ...(await presentSession(deps, { role, personId: person.id, person, sessionId })), next: "signed-in" };
}

/** A code has to come before there is a session. */
export async function askForCode(
  deps: ApiDeps,
  { reply, cookies }: { readonly reply: FastifyReply; readonly cookies: readonly string[] },
): Promise<SignInAnswer> {
  setCookies(reply, cookies);
  return { ...(await presentSession(deps, { role: "guest", personId: null })), next: "second-factor" };
}

export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) void reply.header("set-cookie", cookie);
}

/** Under what this browser gave feedback without an account. */
export function anonymousIdOf({ actor }: FastifyRequest): string | null {
  const { anonymousId, personId, person } = actor;
  // Of the operator by token feedback belongs to no browser.
  return anonymousId ?? (person === undefined && personId !== "operator" ? personId : null);
}
