import type { FastifyRequest } from "fastify";
import type { Visitor } from "#auth";
import { clientNetwork } from "./client-network.ts";

/** What signing in needs of a request. */
export function visitorOf({ headers, ip }: FastifyRequest): Visitor {
  return { cookie: headers.cookie ?? "", address: clientNetwork(ip), userAgent: headers["user-agent"] ?? "" };
}
