import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { codeOf, invariant } from "#lib";
import { redisIsInstalled } from "../helpers/redis-process.ts";
import { answers, backfillGoesOn, followed, type House, startBackup, storeOldRows } from "./house.ts";

/** Something that goes wrong. Returns when all that was killed is started again. */
export type Disturbance = {
  readonly name: string;
  readonly act: (house: House, random: () => number) => Promise<void>;
  /** When the house works again. */
  readonly recovered: (house: House) => Promise<void>;
  /** Of a hundred rounds. */
  readonly share: number;
};

async function everything(house: House): Promise<void> {
  await followed(house);
  await backfillGoesOn(house);
  await answers(house);
}

/** The database's server, and with `-9` of one of its processes all of them begin anew. */
function postmasterOf({ ground }: House): number | undefined {
  const file = join(ground.dataDir, "postgres", "postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : undefined;
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        return Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]) === parent;
      } catch {
        // It ended meanwhile.
        return false;
      }
    })
    .map(Number);
}

function killProcess(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/** Until nothing more fits. */
function fillDisk(dataDir: string): string {
  const filler = join(dataDir, "filler");
  const megabyte = Buffer.alloc(1_048_576);
  try {
    for (;;) writeFileSync(filler, megabyte, { flag: "a" });
  } catch (error) {
    if (codeOf(error) !== "ENOSPC") throw error;
  }
  return filler;
}

const follower: Disturbance = {
  name: "follower killed",
  share: 28,
  act: async ({ follower: program }) => {
    await program.kill();
    program.start();
  },
  recovered: everything,
};

const backfiller: Disturbance = {
  name: "backfiller killed",
  share: 24,
  act: async ({ backfiller: program }) => {
    await program.kill();
    program.start();
  },
  recovered: backfillGoesOn,
};

const server: Disturbance = {
  name: "PostgreSQL killed",
  share: 14,
  act: async (house) => killProcess(postmasterOf(house)),
  recovered: everything,
};

const serverProcess: Disturbance = {
  name: "a process of PostgreSQL killed",
  share: 12,
  act: async (house, random) => {
    const all = childrenOf(postmasterOf(house) ?? 0);
    killProcess(all[Math.floor(random() * all.length)]);
  },
  recovered: everything,
};

const all: Disturbance = {
  name: "everything killed",
  share: 6,
  act: async (house) => {
    killProcess(postmasterOf(house));
    await Promise.all([house.follower.kill(), house.backfiller.kill(), house.api.kill(), house.redis?.kill()]);
    await house.redis?.start();
    house.follower.start();
    house.backfiller.start();
    house.api.start();
  },
  recovered: everything,
};

const retention: Disturbance = {
  name: "killed while old rows are removed",
  share: 6,
  act: async (house, random) => {
    await storeOldRows(house);
    await house.backfiller.kill();
    house.backfiller.start();
    // It begins with removing.
    await house.backfiller.says(/ready in/);
    await wait(random() * 400);
    await house.backfiller.kill();
    house.backfiller.start();
  },
  recovered: backfillGoesOn,
};

const backup: Disturbance = {
  name: "backup killed",
  share: 7,
  act: async (house, random) => {
    const program = startBackup(house);
    await Promise.race([program.ended, wait(800 + random() * 3_000)]);
    program.process.kill("SIGKILL");
    await program.ended;
  },
  recovered: everything,
};

const api: Disturbance = {
  name: "API killed",
  share: 8,
  act: async ({ api: program }) => {
    await program.kill();
    program.start();
  },
  recovered: answers,
};

/** Answers go on being right while it is away, and when it has come back with nothing in it. */
const redis: Disturbance = {
  name: "Redis killed",
  share: 8,
  act: async (house, random) => {
    await house.redis?.kill();
    await wait(random() * 2_000);
    await answers(house);
    await house.redis?.start();
  },
  recovered: everything,
};

const disk: Disturbance = {
  name: "disk full",
  share: 3,
  act: async ({ ground }, random) => {
    const filler = fillDisk(ground.dataDir);
    await wait(500 + random() * 2_500);
    rmSync(filler);
  },
  recovered: everything,
};

/** What can happen on this ground and has so much in its name. @throws Error where nothing has */
export function listDisturbances({ smallDisk }: { readonly smallDisk: boolean }, only: string): readonly Disturbance[] {
  const anywhere = [follower, backfiller, api, server, serverProcess, all, retention, backup];
  const possible = [...anywhere, ...(redisIsInstalled ? [redis] : []), ...(smallDisk ? [disk] : [])];
  const chosen = possible.filter(({ name }) => name.includes(only));
  if (chosen.length > 0) return chosen;
  throw new Error(`nothing has "${only}" in its name of: ${possible.map(({ name }) => name).join(", ")}`);
}

/** One of them, by their shares. */
export function pickDisturbance(from: readonly Disturbance[], random: () => number): Disturbance {
  let place = random() * from.reduce((sum, { share }) => sum + share, 0);
  const picked = from.find(({ share }) => {
    place -= share;
    return place < 0;
  });
  invariant(picked !== undefined, "a random number is less than 1");
  return picked;
}
