/**
 * The first start as a newcomer has it: the program on a fresh data directory with the simulated network, until the page is
 * there, shows its first block, and 30 days of history are stored. Milliseconds since the process was started; blocks a
 * second through the whole line are those stored after the first that was seen. The page is built before, as by any start
 * but the very first.
 */
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import type { InsightList, MonitoringStatus } from "#contract";
import { buildWeb, makeDataDirectory, startProgram } from "./running-program.ts";

/** Block 0 and 30 days. */
const BLOCKS = 4_321;
const LOOK_AGAIN_MS = 50;
const LONGEST_MS = 600_000;

type Moments = {
  readonly pageMs: number;
  readonly firstBlockMs: number;
  readonly firstInsightMs: number;
  readonly historyMs: number;
  readonly blocksPerSecond: number;
};

export async function run(): Promise<Record<string, unknown>> {
  buildWeb();
  const data = makeDataDirectory();
  const startedAt = performance.now();
  const program = await startProgram(data);
  const since = (): number => Math.round(performance.now() - startedAt);
  try {
    const moments = await watch(program.url, { since, ended: () => program.process.exitCode !== null });
    await program.shows("Ready");
    const { pid = 0 } = program.process;
    const [rssPeakMb, mainThreadSeconds] = [readPeak(pid), readCpu(pid)];
    await program.stop();
    assert.equal(program.process.exitCode, 0);
    print({ ...moments, rssPeakMb, mainThreadSeconds });
    return { ...moments, blocks: BLOCKS, rssPeakMb, mainThreadSeconds };
  } catch (error) {
    throw new Error(`${program.told()}\n${String(error)}`, { cause: error });
  } finally {
    await program.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

type Watching = { readonly since: () => number; readonly ended: () => boolean };

async function watch(url: string, { since, ended }: Watching): Promise<Moments> {
  const look = async <Answer>(path: string, pick: (response: Response) => Promise<Answer | undefined>) =>
    until(async () => {
      assert.ok(!ended() && since() < LONGEST_MS, `the program ended, or is not done after ${LONGEST_MS / 1_000} s`);
      const response = await fetch(url + path).catch(() => undefined);
      return response?.ok === true ? pick(response) : undefined;
    });
  await look("/dashboard", async (response) => (await response.text()).includes("<div id=") || undefined);
  const pageMs = since();
  const blocksOf = async (response: Response): Promise<number> =>
    ((await response.json()) as MonitoringStatus).counts?.blocks ?? 0;
  const status = "/api/v1/monitoring/status";
  const first = await look(status, async (response) => (await blocksOf(response)) || undefined);
  const firstBlockMs = since();
  const firstInsight = look("/api/v1/insights?pageSize=1", async (response) => {
    const { insights } = (await response.json()) as InsightList;
    return insights.length > 0 ? since() : undefined;
  });
  const history = look(status, async (response) => {
    const blocks = await blocksOf(response);
    return blocks >= BLOCKS ? { blocks, ms: since() } : undefined;
  });
  const [firstInsightMs, { blocks: all, ms: historyMs }] = await Promise.all([firstInsight, history]);
  const newest = await look(status, async (response) => ((await response.json()) as MonitoringStatus).tip ?? undefined);
  // From block 0 on, without a gap: as many as the height of the newest says, but for those that came meanwhile.
  assert.ok(newest.height + 1 >= all && newest.height < all + 5, `${all} blocks up to height ${newest.height}`);
  const blocksPerSecond = Number(((1_000 * (all - first)) / (historyMs - firstBlockMs)).toFixed(1));
  return { pageMs, firstBlockMs, firstInsightMs, historyMs, blocksPerSecond };
}

async function until<Answer>(look: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** Of the program alone, without the database; where the system does not tell, `null`. */
function readPeak(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? null : Math.round((Number(kilobytes) * 1_024) / 1e6);
  } catch {
    return null;
  }
}

/** What the busiest thread had of a processor: all that it takes where nothing else runs. */
function readCpu(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    // Time in the program and in the system for it, in hundredths of a second on every Linux.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

type Figures = Moments & { readonly rssPeakMb: number | null; readonly mainThreadSeconds: number | null };

function print({ rssPeakMb, mainThreadSeconds, ...moments }: Figures): void {
  line("page answers", moments.pageMs / 1_000, "s");
  line("first block at the API", moments.firstBlockMs / 1_000, "s");
  line("first insight", moments.firstInsightMs / 1_000, "s");
  line(`${BLOCKS.toLocaleString("en")} blocks stored`, moments.historyMs / 1_000, "s");
  line("through the whole line", moments.blocksPerSecond, "blocks/s");
  if (mainThreadSeconds !== null) line("busy, main thread", mainThreadSeconds, "s");
  if (rssPeakMb !== null) line("memory at most", rssPeakMb, "MB, without the database");
}

function line(what: string, value: number, unit: string): void {
  console.log(`${what.padEnd(24)}${value.toFixed(1).padStart(7)} ${unit}`);
}
