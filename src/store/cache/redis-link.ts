import { Redis } from "ioredis";
import type { Logger } from "#lib";

/** Longer than this no answer waits for what others remember. */
const ANSWER_MS = 200;
const CONNECT_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

export type RedisLink = {
  readonly connection: Redis;
  readonly isReachable: () => boolean;
  readonly close: () => void;
};

/** Goes on trying to reach a server that is gone; meanwhile nothing is queued for it. */
export function openRedis(url: string, logger: Logger): RedisLink {
  const connection = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_MS,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 200, LONGEST_PAUSE_MS),
  });
  let toldOfLoss = false;
  // Without a listener, a server that stops would end the process.
  connection.on("error", ({ message }: Error) => {
    if (!toldOfLoss) {
      logger.warn({ reason: message }, "Redis does not answer; answers are remembered in this process alone");
    }
    toldOfLoss = true;
  });
  connection.on("ready", () => {
    toldOfLoss = false;
  });
  return {
    connection,
    isReachable: () => connection.status === "ready",
    close: () => connection.disconnect(),
  };
}
