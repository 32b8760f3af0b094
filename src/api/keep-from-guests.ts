import type { FastifyReply, FastifyRequest } from "fastify";
import { type GuestAccess, mayCall, permissionsOf } from "./permissions.ts";

/** What guests may not read is not kept where others' requests pass: a shared proxy would answer them with it. */
export function keepFromGuests(guests: GuestAccess) {
  const open = permissionsOf({ role: "guest" }, guests);
  return async ({ method, routeOptions }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const kept = reply.getHeader("cache-control");
    if (typeof kept !== "string" || !kept.startsWith("public") || mayCall(open, method, routeOptions.url ?? "")) return;
    void reply.header("cache-control", kept.replace("public", "private"));
  };
}
