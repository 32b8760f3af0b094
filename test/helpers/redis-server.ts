import { describe } from "vitest";
import { redisIsInstalled } from "./redis-process.ts";

export { redisServer } from "./redis-process.ts";

/** Skips where there is no `redis-server`, and says so; where it is required, in CI, that fails instead. */
export function describeWithRedis(name: string, body: () => void): void {
  if (!redisIsInstalled && process.env["UTXOIQ_REQUIRE_REDIS"] === "1")
    throw new Error("redis-server is not installed, and is required here");
  describe.skipIf(!redisIsInstalled)(redisIsInstalled ? name : `${name} (redis-server is not installed)`, body);
}
