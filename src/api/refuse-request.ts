import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";
import type { App } from "./app-types.ts";

/** The longest that a page or a program of ours asks for has a tenth of that: ids of insights, and all filters. */
const LONGEST_ADDRESS = 8_192;

export async function refuseLongAddress({ url }: FastifyRequest): Promise<void> {
  if (url.length > LONGEST_ADDRESS)
    throw new AppError("API_ADDRESS_TOO_LONG", `an address has at most ${LONGEST_ADDRESS} characters`);
}

/** What comes over a connection that is still open while the server stops is for another process, or for later. */
export function refuseWhileStopping(app: App): void {
  let stopping = false;
  app.addHook("preClose", async () => {
    stopping = true;
  });
  app.addHook("onRequest", async () => {
    if (stopping) throw new AppError("API_STOPPING", "the server is stopping");
  });
}
