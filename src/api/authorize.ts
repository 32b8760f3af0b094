import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, identify, type Secrets } from "#auth";
import { AppError } from "#lib";
import { mayCall } from "./permissions.ts";
import { readSessionCookie } from "./session-cookies.ts";
import { limitWrites } from "./limit-writes.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, as `authorize` found out. */
    actor: Actor;
  }
  interface FastifyContextConfig {
    /** A POST that asks and changes nothing: it is not counted as a change. */
    onlyReads?: true;
  }
}

const READING = ["GET", "HEAD", "OPTIONS"];

/** The one place where it is decided whether a request may go on. What throws here is a denial. */
export function authorize(secrets: Secrets): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const limit = limitWrites();
  return async (request, reply) => {
    const actor = identifyRequest(secrets, request);
    if (actor === "wrong-token") throw unauthorized(reply, "the bearer token is not that of the operator");
    request.actor = actor;
    if (request.is404) return;
    const mayChange = !READING.includes(request.method);
    if (mayChange || isUpgrade(request)) refuseForeignOrigin(request);
    if (!mayCall(actor.role, request.method, request.routeOptions.url ?? "")) {
      throw unauthorized(reply, "only the operator may do this: open the link that utxoiq operator prints");
    }
    const changes = mayChange && request.routeOptions.config.onlyReads !== true;
    if (changes && actor.role !== "operator") limit(request, reply);
  };
}

function identifyRequest(secrets: Secrets, request: FastifyRequest) {
  return identify(
    secrets,
    {
      authorization: request.headers.authorization,
      operatorCookie: readSessionCookie(request, secrets, "operator"),
      personCookie: readSessionCookie(request, secrets, "person"),
    },
    Date.now() / 1_000,
  );
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
function refuseForeignOrigin({ headers }: FastifyRequest): void {
  const { origin, host } = headers;
  const own = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  const site = headers["sec-fetch-site"];
  if (own && (site === undefined || site === "same-origin" || site === "none")) return;
  throw new AppError("API_FORBIDDEN", "a page of another origin may not do this");
}
