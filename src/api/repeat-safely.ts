import { createHmac } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { openSealed, sealText, type Secrets } from "#auth";
import { AppError, invariant, messageOf } from "#lib";
import { type Database, idempotency } from "#store";
import type { App } from "./app-types.ts";
import { clientNetwork } from "./client-network.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * It creates something: a request with an Idempotency-Key that is sent again is answered as before, or, where the
     * answer is told once, is told that it was carried out.
     */
    idempotent?: true | "told-once";
  }
  interface FastifyRequest {
    /** Of a request that named itself and is carried out now. */
    namedAs: idempotency.RequestName | null;
  }
}

/** Answers are kept for a day; whoever began a request and says nothing for a minute is taken for dead. */
const KEEPING = { keptSeconds: 86_400, givenUpSeconds: 60 };

type Deps = { readonly db: Database; readonly secrets: Secrets };

/**
 * Routes that say so carry out a request once, however often it is sent under the same Idempotency-Key: the answer is
 * kept, sealed, unless it is one that is told once (draft-ietf-httpapi-idempotency-key-header).
 */
export function repeatSafely(app: App, { db, secrets }: Deps): void {
  app.decorateRequest("namedAs", null);
  app.addHook("preHandler", async (request, reply) => {
    const key = request.routeOptions.config.idempotent === undefined ? undefined : keyOf(request);
    if (key === undefined) return;
    const name = { owner: ownerOf(request), key };
    const digest = digestOf(request, secrets);
    const standing = await idempotency.beginRequest(db, { ...name, digest }, KEEPING);
    if (standing.state === "new") request.namedAs = name;
    else return answerAgain(reply, secrets, standing);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const name = request.namedAs;
    if (name === null) return payload;
    request.namedAs = null;
    try {
      const kept = request.routeOptions.config.idempotent === "told-once" && typeof payload === "string" ? "" : payload;
      await keep(db, name, { secrets, status: reply.statusCode, payload: kept });
    } catch (error) {
      // What was asked for is done, and told; sent again it is refused for a minute.
      request.log.warn({ reason: messageOf(error), requestId: request.id }, "an answer could not be kept");
    }
    return payload;
  });
}

type Known = Exclude<idempotency.RequestStanding, { readonly state: "new" }>;

function answerAgain(reply: FastifyReply, { instanceKey }: Secrets, standing: Known): FastifyReply {
  if (standing.state === "other")
    throw new AppError("API_OTHER_REQUEST", "another request had this Idempotency-Key; draw a new one");
  if (standing.state === "running")
    throw new AppError("API_REQUEST_RUNNING", "the request with this Idempotency-Key is still being carried out");
  const text = openSealed(instanceKey, "answer", standing.answer);
  invariant(text !== undefined, "answers are kept by the instance that made them");
  if (text === "")
    throw new AppError(
      "API_TOLD_ONCE",
      "this was done, and its answer is told once; where it was lost, revoke and make another",
    );
  void reply.header("idempotency-replayed", "true").header("cache-control", "no-store");
  return reply.status(standing.status).type("application/json; charset=utf-8").send(text);
}

type Sent = { readonly secrets: Secrets; readonly status: number; readonly payload: unknown };

/** What was refused may be tried again; what was done is done. */
async function keep(db: Database, name: idempotency.RequestName, { secrets, status, payload }: Sent): Promise<void> {
  if (status < 200 || status >= 300 || typeof payload !== "string") return idempotency.forgetRequest(db, name);
  const answer = sealText(secrets.instanceKey, "answer", payload);
  return idempotency.keepAnswer(db, name, { status, answer });
}

/** A string as the draft writes it, or bare. */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const given = headers["idempotency-key"];
  if (given === undefined) return undefined;
  const [, quoted, bare] =
    /^(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(String(given)) ?? [];
  const key = quoted ?? bare;
  if (key === undefined)
    throw new AppError("API_BAD_REQUEST", "Idempotency-Key has to be one to 255 printable characters");
  return key;
}

/** Whoever is nobody yet is known by the address alone. */
function ownerOf({ actor, ip }: FastifyRequest): string {
  return `${actor.role} ${actor.personId ?? clientNetwork(ip)}`;
}

/** Without what proves who asks: nobody finds out a password from what is kept, nor from what is answered. */
function digestOf({ method, url, body }: FastifyRequest, { instanceKey }: Secrets): Buffer {
  const { password: _p, code: _c, ...asked } = (body ?? {}) as Readonly<Record<string, unknown>>;
  return createHmac("sha256", instanceKey)
    .update(JSON.stringify([method, url, asked]))
    .digest();
}
