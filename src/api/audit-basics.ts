import type { FastifyRequest } from "fastify";
import type { access } from "#store";

/** Who does something, for the audit log. */
export function auditBasics({ actor, ip, id }: FastifyRequest): access.Doer {
  return { role: actor.role, personId: actor.personId, address: ip, requestId: id };
}
