import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";
import type { App } from "./app-types.ts";

/** As many ids of insights as may be asked for at once are shorter. */
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
