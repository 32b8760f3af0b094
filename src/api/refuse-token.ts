import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";

/** How an account is opened is changed by whoever is signed in to it: a token that was copied makes nothing that lasts. */
export function refuseToken({ actor }: FastifyRequest): void {
  if (actor.use !== undefined) throw new AppError("AUTH_TOKEN_REFUSED", "a token is not for that: sign in");
}
