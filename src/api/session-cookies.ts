import type { FastifyReply, FastifyRequest } from "fastify";
import {
  cookieInstance,
  drawId,
  type Leaving,
  LEAVING_SECONDS,
  openLeaving,
  readCookie,
  type Secrets,
  type Session,
  signLeaving,
  signSession,
} from "#auth";

const DAY_SECONDS = 86_400;
/** A person's is as long as browsers keep any. */
const VALID_DAYS = { operator: 30, person: 400 } as const;

const instances = new WeakMap<Uint8Array, string>();

function nameOf({ instanceKey }: Secrets, role: Session["role"] | "leaving"): string {
  let instance = instances.get(instanceKey);
  if (instance === undefined) {
    instance = cookieInstance(instanceKey);
    instances.set(instanceKey, instance);
  }
  return `utxoiq_${role}_${instance}`;
}

export function readSessionCookie(request: FastifyRequest, secrets: Secrets, role: Session["role"]) {
  return readCookie(request.headers.cookie ?? "", nameOf(secrets, role));
}

export type CookiePlace = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly secrets: Secrets };

/** @returns when it ends */
export function setSessionCookie({ request, reply, secrets }: CookiePlace, role: Session["role"], id: string): Date {
  const seconds = VALID_DAYS[role] * DAY_SECONDS;
  const expires = Math.floor(Date.now() / 1_000) + seconds;
  const value = signSession(secrets.instanceKey, { role, id, expires });
  sendCookie({ request, reply }, `${nameOf(secrets, role)}=${value}`, { seconds });
  return new Date(expires * 1_000);
}

/** As whom a browser leaves for a provider is kept where it will come back to, and nowhere else. */
const COMING_BACK = { path: "/api/v1/auth/callback", sameSite: "Lax" } as const;

export function setLeavingCookie({ request, reply, secrets }: CookiePlace, leaving: Leaving): void {
  const value = signLeaving(secrets.instanceKey, leaving, Date.now() / 1_000);
  sendCookie({ request, reply }, `${nameOf(secrets, "leaving")}=${value}`, {
    ...COMING_BACK,
    seconds: LEAVING_SECONDS,
  });
}

/** As whom it left; it is told once. */
export function takeLeavingCookie({ request, reply, secrets }: CookiePlace): Leaving | undefined {
  const name = nameOf(secrets, "leaving");
  const value = readCookie(request.headers.cookie ?? "", name);
  sendCookie({ request, reply }, `${name}=`, { ...COMING_BACK, seconds: 0 });
  return value === undefined ? undefined : openLeaving(secrets.instanceKey, value, Date.now() / 1_000);
}

export function clearSessionCookie({ request, reply, secrets }: CookiePlace, role: Session["role"]): void {
  sendCookie({ request, reply }, `${nameOf(secrets, role)}=`, { seconds: 0 });
}

type Sending = { readonly seconds: number; readonly path?: string; readonly sameSite?: "Strict" | "Lax" };

function sendCookie({ request, reply }: Omit<CookiePlace, "secrets">, pair: string, sending: Sending): void {
  const { seconds, path = "/", sameSite = "Strict" } = sending;
  const secure = request.protocol === "https" || request.server.isPublicByTls ? "; Secure" : "";
  void reply.header("set-cookie", `${pair}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}${secure}`);
}

/** Ends a session of an account in this browser; the server's part is done by whoever calls. */
export function clearAccountCookie({ reply }: Pick<CookiePlace, "reply">, name: string): void {
  const secure = name.startsWith("__Secure-") ? "; Secure" : "";
  void reply.header("set-cookie", `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${secure}`);
}

declare module "fastify" {
  interface FastifyInstance {
    /** People reach this server by https, whatever stands between. */
    isPublicByTls: boolean;
  }
}

/** The person that asks; somebody of whom nothing was kept before becomes one now. */
export function needPerson(place: CookiePlace): string {
  const { personId } = place.request.actor;
  if (personId !== null) return personId;
  const drawn = drawId();
  setSessionCookie(place, "person", drawn);
  return drawn;
}
