import { createServer } from "node:net";
import { once } from "node:events";
import { listenError } from "./listen-error.ts";

/** Fails before anything is started where the port is taken. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, "listening");
  } catch (error) {
    throw listenError(error, host, port);
  }
  probe.close();
  await once(probe, "close");
}
