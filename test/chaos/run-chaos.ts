import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createLogger } from "#lib";
import { backfill, embedded, getCursor, openDatabase } from "#store";
import { startMovingNode } from "../helpers/moving-node.ts";
import { pseudoRandom } from "../helpers/pseudo-random.ts";
import { startProgram } from "../helpers/running-program.ts";
import { type Comparison, compareState } from "./compare.ts";
import { type Disturbance, listDisturbances, pickDisturbance } from "./disturbances.ts";
import { type Ground, layGround } from "./ground.ts";
import { askForMore, closeHouse, commonFlags, countOldRows, followed, type House } from "./house.ts";
import { answers, openHouse, scheduledBackups, startBackup, until } from "./house.ts";

/** Blocks of the chain when it begins. */
const HISTORY = 700;

/** Moves of the tip in a round. */
const MOVES = 4;

const logger = createLogger(undefined, "silent");

export type ChaosResult = {
  readonly rounds: number;
  readonly lost: number;
  readonly doubled: number;
  readonly identical: boolean;
  /** From when what was killed is started again to when it works: the tip is stored, the backfill goes on. */
  readonly maxRestartMs: number;
  readonly differing: readonly string[];
  readonly reorgs: number;
  readonly blocks: number;
  readonly backfills: number;
  /** What happened how often, and the longest restart after it. */
  readonly disturbances: Readonly<Record<string, { readonly times: number; maxRestartMs: number }>>;
  /** Rows that were to be removed and are still there. */
  readonly oldRowsLeft: number;
  /** Blocks of the newest backup that was not interrupted, restored beside. */
  readonly restoredHeight: number | null;
  /** The same of the newest scheduled backup and the log of changes since, which were made while all this happened. */
  readonly restoredLatestHeight: number | null;
};

type Disturbing = Options & { readonly possible: readonly Disturbance[]; readonly random: () => number };

type Options = {
  readonly rounds: number;
  readonly seed: number;
  /** Disturbances whose name has this in it. */
  readonly only: string;
  readonly tell: (line: string) => void;
  /** No further round; what was done by then is compared. */
  readonly signal: AbortSignal;
};

/** Disturbs the program so many times while it follows, backfills, removes and backs up, and looks at what is left. */
export async function runChaos(options: Options): Promise<ChaosResult> {
  const ground = layGround();
  try {
    const possible = listDisturbances(ground, options.only);
    return await disturbOn(ground, { ...options, possible, random: pseudoRandom(options.seed) });
  } finally {
    ground.clear();
  }
}

async function disturbOn(ground: Ground, options: Disturbing): Promise<ChaosResult> {
  const node = await startMovingNode({ history: HISTORY, random: options.random });
  try {
    const house = await openHouse(ground, node);
    try {
      return await disturb(house, options);
    } finally {
      await closeHouse(house);
    }
  } finally {
    await node.node.stop();
  }
}

async function disturb(house: House, options: Disturbing): Promise<ChaosResult> {
  const { rounds, possible, tell, signal, random } = options;
  const { node, db } = house;
  const seen: Record<string, { times: number; maxRestartMs: number }> = {};
  let done = 0;
  for (let round = 1; round <= rounds && !signal.aborted; round += 1) {
    await until("a backfill", async () => (await askForMore(house, random), true));
    const disturbance = pickDisturbance(possible, random);
    const moving = moveAbout(house, random);
    await wait(random() * 700);
    await disturbance.act(house, random);
    const began = performance.now();
    await moving;
    try {
      await disturbance.recovered(house);
    } catch (cause) {
      const programs = `api: ${house.api.describe()}\nfollower: ${house.follower.describe()}\nbackfiller: ${house.backfiller.describe()}`;
      throw new Error(`not back after round ${round}, ${disturbance.name}\n${programs}`, { cause });
    }
    const restartMs = Math.round(performance.now() - began);
    const before = seen[disturbance.name] ?? { times: 0, maxRestartMs: 0 };
    seen[disturbance.name] = { times: before.times + 1, maxRestartMs: Math.max(before.maxRestartMs, restartMs) };
    done = round;
    tell(`${round}: ${disturbance.name}, back after ${restartMs} ms; ${await describe(house)}`);
  }
  await settle(house);
  const restoredHeight = await restoreBackup(house);
  const restoredLatestHeight = await restoreLatest(house);
  const compared = await compareWithUndisturbed(house);
  return {
    rounds: done,
    lost: compared.lost,
    doubled: compared.doubled,
    identical: compared.differing.length === 0,
    maxRestartMs: Math.max(0, ...Object.values(seen).map(({ maxRestartMs }) => maxRestartMs)),
    differing: compared.differing,
    reorgs: node.reorgs(),
    blocks: node.chain().length,
    backfills: (await backfill.listJobs(db, 100_000)).length,
    disturbances: seen,
    oldRowsLeft: await countOldRows(house),
    restoredHeight,
    restoredLatestHeight,
  };
}

/** A few blocks and reorganisations around the time of the disturbance. */
async function moveAbout({ node }: House, random: () => number): Promise<void> {
  node.allowMoves(MOVES);
  for (let moves = 0; moves < MOVES; moves += 1) {
    node.move();
    await wait(random() * 300);
  }
}

async function describe({ db }: House): Promise<string> {
  const [cursor, [job]] = await until(
    "the database",
    async () => [await getCursor(db), await backfill.listJobs(db, 1)] as const,
  );
  return `block ${cursor?.height}, backfill ${job?.id} ${job?.part} ${job?.blocksDone} of ${job?.blocksTotal} ${job?.status}`;
}

/** All is stored: the tip, and every block from 0 on. */
async function settle(house: House): Promise<void> {
  const none = (): number => 0;
  await until("the end of the backfills", async () => {
    const [job] = await backfill.listJobs(house.db, 1);
    if (job !== undefined && job.status !== "done" && job.status !== "failed") return undefined;
    if ((await backfill.findSpan(house.db))?.first === 0) return true;
    await askForMore(house, none);
    return undefined;
  });
  await followed(house);
  await answers(house);
}

/** As after the loss of the disk: the newest scheduled backup, and the log up to now. */
async function restoreLatest({ ground, db }: House): Promise<number | null> {
  const settledAt = new Date();
  await until("a scheduled backup and a log that reaches until now", async () => {
    const state = await embedded.readBackupState(db);
    return (state?.newest !== undefined && (state.logUntil ?? 0) > settledAt) || undefined;
  });
  const data = join(ground.place, "latest");
  const flags = ["--at", "latest", "--data", data];
  const program = startProgram("restore", scheduledBackups(ground), ...flags);
  const code = await program.ended;
  if (code !== 0) throw new Error(`what was scheduled cannot be restored: ${program.stderr()}`);
  const height = /blocks up to (\d+)/.exec(program.stdout())?.[1];
  return height === undefined ? null : Number(height);
}

/** A last backup that nobody interrupts, as others were interrupted before; the program itself restores it beside. */
async function restoreBackup(house: House): Promise<number | null> {
  const program = startBackup(house);
  const code = await program.ended;
  if (code !== 0) throw new Error(`the last backup failed: ${program.stderr()}`);
  const height = /blocks up to (\d+)/.exec(program.stdout())?.[1];
  return height === undefined ? null : Number(height);
}

async function compareWithUndisturbed({ ground, node, db }: House): Promise<Comparison> {
  const dataDir = join(ground.place, "undisturbed");
  const all = ["--history-blocks", "1000000", "--roles", "ingest"];
  const program = startProgram("start", ...commonFlags(node), ...all, "--data", dataDir);
  await program.shows(/ready in/);
  const { connection } = await embedded.startEmbeddedPostgres({ dataDir, logger });
  const undisturbed = await openDatabase({ connection, name: "chaos", logger });
  try {
    const tip = node.chain().at(-1)?.hash;
    await until("the undisturbed run", async () => (await getCursor(undisturbed))?.hash === tip || undefined);
    return await compareState({ db, undisturbed, chain: node.chain() });
  } finally {
    await undisturbed.destroy();
    program.process.kill("SIGTERM");
    await program.ended;
  }
}
