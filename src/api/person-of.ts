import type { FastifyRequest } from "fastify";
import { invariant } from "#lib";
import type { access } from "#store";

/** Whose account it is, where a route needs one. */
export function personOf({ actor: { person } }: FastifyRequest): access.accounts.Person {
  invariant(person !== undefined, "these routes need an account");
  return person;
}
