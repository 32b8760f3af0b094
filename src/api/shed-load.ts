import underPressure from "@fastify/under-pressure";
import { AppError } from "#lib";
import type { App } from "./app-types.ts";

/** Milliseconds that work waits for its turn, on average of a window, from which more of it only makes all slower. */
export const MOST_DELAY_MS = 1_000;
/** So long that one long task, as the first sign-in of a process or a large block is, turns nobody away. */
const WINDOW_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;
/** Whoever watches the server has to see that it is busy. */
const ALWAYS_ANSWERED: readonly string[] = ["/livez", "/readyz", "/metrics"];

/** Answers 503 at once while the process cannot keep up, instead of answering everybody late. */
export async function shedLoad(app: App, mostDelayMs = MOST_DELAY_MS, windowMs = WINDOW_MS): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: mostDelayMs,
    sampleInterval: windowMs,
    pressureHandler: async ({ routeOptions }, reply, _type, delayMs) => {
      // Infinity: nothing was measured in the last window.
      if (delayMs === Infinity || ALWAYS_ANSWERED.includes(routeOptions.url ?? "")) return;
      void reply.header("retry-after", String(RETRY_AFTER_SECONDS));
      throw new AppError("API_OVERLOADED", `the server is busy; try again in ${RETRY_AFTER_SECONDS} s`);
    },
  });
}
