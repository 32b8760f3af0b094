import type { FastifyRequest } from "fastify";
import type { Visitor } from "#auth";
import { clientNetwork } from "./client-network.ts";

/** What signing in needs of a request. */
export function visitorOf(request: FastifyRequest): Visitor {
  const { headers, ip, actor, id: requestId } = request;
  // Beside a token cookies may be somebody else's, and say nothing of who asks.
  const cookie = actor?.use === undefined ? firstOfEach(headers.cookie ?? "") : "";
  return { cookie, address: clientNetwork(ip), userAgent: headers["user-agent"] ?? "", requestId };
}

/** Of each name the first, as `readCookie` does: whoever reads on takes the request for the same person's. */
function firstOfEach(header: string): string {
  const found = new Map<string, string>();
  for (const pair of header.split(";")) {
    const start = pair.indexOf("=");
    const name = pair.slice(0, start).trim();
    if (start > 0 && !found.has(name)) found.set(name, pair.slice(start + 1).trim());
  }
  return [...found].map((pair) => pair.join("=")).join("; ");
}
