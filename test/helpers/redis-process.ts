import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export type RedisServer = {
  /** What stands in REDIS_URL: the path of its socket. */
  readonly url: string;
  readonly start: () => Promise<void>;
  /** At once, as when a machine goes down. */
  readonly kill: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

export const redisIsInstalled = spawnSync("redis-server", ["--version"]).status === 0;

/** A server of its own that keeps nothing, on a socket in a directory of its own. */
export function redisServer(): RedisServer {
  const directory = mkdtempSync(join(tmpdir(), "utxoiq-redis-"));
  const url = join(directory, "redis.sock");
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    rmSync(url, { force: true });
  };
  return {
    url,
    start: async () => {
      child = spawn("redis-server", ["--port", "0", "--unixsocket", url, "--save", "", "--dir", directory], {
        stdio: "ignore",
      });
      while (!existsSync(url)) await wait(10);
    },
    kill,
    remove: async () => {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
