import type { FastifyRequest } from "fastify";
import type { Proof } from "#auth";
import type { accounts as contract } from "#contract";
import { personOf } from "./person-of.ts";
import { refuseToken } from "./refuse-token.ts";
import { visitorOf } from "./visitor-of.ts";

/** What a request shows, before what matters, of who sends it. @throws AppError AUTH_TOKEN_REFUSED */
export function proofOf(request: FastifyRequest): Proof {
  refuseToken(request);
  const { password, code } = (request.body ?? {}) as contract.ProofBody;
  const { sessionId } = request.actor;
  return { person: personOf(request), sessionId, password, code, visitor: visitorOf(request) };
}
