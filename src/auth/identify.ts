import { createHash, timingSafeEqual } from "node:crypto";
import type { access } from "#store";
import type { Role } from "./roles.ts";
import type { Secrets } from "./secrets.ts";
import { openSession, type Session } from "./session-token.ts";

/** Who asks. */
export type Actor = {
  readonly role: Role;
  /** What the actor's feedback is kept under; `null` where nothing had to be kept yet. */
  readonly personId: string | null;
  /** Of somebody who is signed in: who they are, in which session, and what this browser's feedback was kept under. */
  readonly person?: access.accounts.Person;
  readonly sessionId?: string;
  readonly anonymousId?: string | null;
  /** Of a browser that is the operator's: its session, which can be ended. */
  readonly operator?: Session;
  /** Codes are asked of somebody like them, who has none: they count as a guest who has an account. */
  readonly lacksCodes?: true;
  /** Of a program with a key: what the key is for. */
  readonly scopes?: readonly string[];
  readonly use?: access.accounts.HourlyUse & {
    readonly keyId?: string;
    /** Of a token: the line that it belongs to. */
    readonly family?: string;
    /** Of a token: when it ends, in unix seconds. */
    readonly until?: number;
  };
};

/** What a request shows of who sends it. */
export type Credentials = {
  /** The header as it came. */
  readonly authorization: string | undefined;
  readonly operatorCookie: string | undefined;
  readonly personCookie: string | undefined;
  /** Of an account. */
  readonly sessionCookie?: string | undefined;
};

/** A token that is not right is told, because whoever sends one expects it to count. */
export type Identity = Actor | "wrong-token";

/** As what whoever bears the token rates and comments. */
const OPERATOR_PERSON = "operator";

/**
 * A cookie that was tampered with, belongs to another instance or is too old counts as none.
 * @param now unix seconds
 */
export function identify(secrets: Secrets, credentials: Credentials, now: number): Identity {
  const token = bearerOf(credentials.authorization);
  if (token !== undefined) {
    return isSame(token, secrets.operatorToken) ? { role: "operator", personId: OPERATOR_PERSON } : "wrong-token";
  }
  const session = (cookie: string | undefined, role: "operator" | "person") => {
    const found = cookie === undefined ? undefined : openSession(secrets.instanceKey, cookie, now);
    return found?.role === role ? found : undefined;
  };
  const operator = session(credentials.operatorCookie, "operator");
  const personId = session(credentials.personCookie, "person")?.id ?? null;
  return operator === undefined ? { role: "guest", personId } : { role: "operator", personId, operator };
}

/** Another scheme is for whoever stands before this server, such as a proxy that asks for a password. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer\s+(.*)$/i.exec(authorization ?? "")?.[1]?.trim();
}

/** In a time that tells nothing of either. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
