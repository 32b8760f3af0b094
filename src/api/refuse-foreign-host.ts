import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"] as const;

/**
 * A server that listens on this machine alone answers under this machine's own names, and the one it is published under, alone. Otherwise a page of
 * another site could point a name of its own at 127.0.0.1 (DNS rebinding) and read what is meant for this machine.
 */
export function refuseForeignHost(listensOn: string, publicName: string): (request: FastifyRequest) => Promise<void> {
  const names: readonly string[] = [...LOOPBACK, publicName];
  const local = ["127.0.0.1", "::1", "localhost"].includes(listensOn);
  return async ({ hostname }) => {
    if (!local || names.includes(hostname) || hostname === "::1") return;
    throw new AppError("API_FORBIDDEN", `this server listens on ${listensOn} alone and does not answer as ${hostname}`);
  };
}
