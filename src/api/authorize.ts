import type { FastifyReply, FastifyRequest } from "fastify";
import { type Accounts, type Actor, findActor, readCookie, type Secrets } from "#auth";
import { AppError } from "#lib";
import type { Database } from "#store";
import { type GuestAccess, mayCall, type Permission, permissionsOf } from "./permissions.ts";
import { isAllowed } from "./allow-origins.ts";
import { readSessionCookie } from "./session-cookies.ts";
import { limitKeys } from "./limit-keys.ts";
import { limitReads } from "./limit-reads.ts";
import { limitWrites } from "./limit-writes.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, as `authorize` found out. */
    actor: Actor;
    /** What they may do. */
    permissions: readonly Permission[];
  }
  interface FastifyContextConfig {
    /** A POST that asks and changes nothing: it is not counted as a change. */
    onlyReads?: true;
  }
}

const READING = ["GET", "HEAD", "OPTIONS"];

const NOBODY: Actor = { role: "guest", personId: null };

type Deciding = {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly accounts: Accounts;
  readonly guests: GuestAccess;
  /** Requests a minute of a page; 0: as many as it wants. */
  readonly burstLimit: number;
  /** Of pages that may act with an API key. */
  readonly corsOrigins?: readonly string[];
};

/** The one place where it is decided whether a request may go on. What throws here is a denial. */
export function authorize(deciding: Deciding): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const limit = limitWrites(deciding.db);
  const limitPages = limitReads(deciding.db, deciding.burstLimit);
  return async (request, reply) => {
    const actor = await identifyRequest(deciding, request);
    request.actor = actor === "wrong-token" ? NOBODY : actor;
    request.permissions = permissionsOf(request.actor, deciding.guests);
    if (actor === "wrong-token") {
      await limitPages(request, reply);
      throw unauthorized(reply, "the bearer token is not valid, or not any more");
    }
    if (request.is404) return limitPages(request, reply);
    const mayChange = !READING.includes(request.method);
    if (mayChange || isUpgrade(request)) refuseForeignOrigin(request, deciding);
    limitKeys(actor, reply);
    await limitPages(request, reply);
    if (!mayCall(request.permissions, request.method, request.routeOptions.url ?? "")) throw denied(reply, actor);
    const changes = mayChange && request.routeOptions.config.onlyReads !== true;
    if (changes && actor.role !== "operator") await limit(request, reply);
  };
}

function identifyRequest({ secrets, accounts }: Deciding, request: FastifyRequest) {
  const credentials = {
    authorization: request.headers.authorization,
    operatorCookie: readSessionCookie(request, secrets, "operator"),
    personCookie: readSessionCookie(request, secrets, "person"),
    sessionCookie: readCookie(request.headers.cookie ?? "", accounts.cookieName),
  };
  return findActor(accounts, secrets, { credentials, now: Date.now() / 1_000 });
}

/** Who is nobody in particular can become somebody; who is somebody is told that it is not for them. */
export function deniedCodeOf({ actor }: Pick<FastifyRequest, "actor">): "API_UNAUTHORIZED" | "API_FORBIDDEN" {
  return actor.role === "guest" && actor.person === undefined ? "API_UNAUTHORIZED" : "API_FORBIDDEN";
}

function denied(reply: FastifyReply, { role, person, scopes, lacksCodes }: Actor): AppError {
  if (lacksCodes === true)
    return new AppError("AUTH_CODES_NEEDED", "set up codes beside your password first, on /account");
  if (scopes !== undefined)
    return new AppError("API_FORBIDDEN", "this key is not for that: make one with another scope");
  if (role === "guest") return unauthorized(reply, "sign in first: this is not open to everybody");
  const whom = person === undefined ? `the ${role}` : `an account of the role ${person.role}`;
  return new AppError("API_FORBIDDEN", `${whom} may not do this`);
}

function unauthorized(reply: FastifyReply, message: string): AppError {
  void reply.header("www-authenticate", 'Bearer realm="utxoiq"');
  return new AppError("API_UNAUTHORIZED", message);
}

function isUpgrade({ headers }: FastifyRequest): boolean {
  return headers.upgrade !== undefined;
}

/**
 * Browsers say which page a change, or an upgrade to a stream, comes from. A page of another site must not act, or read
 * our streams, with its visitor's cookies and reach.
 */
function refuseForeignOrigin(request: FastifyRequest, { corsOrigins = [], accounts }: Deciding): void {
  const { headers } = request;
  const { origin } = headers;
  // Browsers send no cookies for it; should one come all the same, it is as any other page.
  if (origin !== undefined && headers.cookie === undefined && isAllowed(corsOrigins, origin)) return;
  const own = origin === undefined || isOwn(origin, request, accounts);
  const site = headers["sec-fetch-site"];
  if (own && (site === undefined || site === "same-origin" || site === "none")) return;
  throw new AppError("API_FORBIDDEN", "a page of another origin may not do this");
}

/** The page that people reach this server by; by another name (the machine's own, say) it is the one that was asked. */
function isOwn(origin: string, { host, protocol }: FastifyRequest, { publicUrl }: Accounts): boolean {
  const known = new URL(publicUrl);
  return origin === (host === known.host ? known.origin : `${protocol}://${host}`);
}
