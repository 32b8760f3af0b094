import { startApi } from "#api";
import { createLogger } from "#lib";
import { openDatabase, type SocketConnection } from "#store";
import { answer } from "./workers.ts";

/** The api role alone, on a free port, in a process whose memory and time are its own. */
export function serveApi(): void {
  const logger = createLogger(undefined, "silent");
  answer({
    start: async ({ connection }: { readonly connection: SocketConnection }) => {
      const db = await openDatabase({ connection, name: "api", logger });
      const { url } = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none" });
      return url;
    },
    /** After garbage is collected, which it otherwise is whenever V8 sees fit. */
    rssKilobytes: async () => {
      for (let round = 0; round < 3; round += 1) {
        globalThis.gc?.();
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return process.memoryUsage.rss() / 1_024;
    },
  });
}
