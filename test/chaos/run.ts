/**
 * `npm run chaos -- [--rounds N] [--seed N] [--only NAME] [--json]`: the program, with the embedded PostgreSQL, follows a chain that
 * moves and backfills, while roles and processes of PostgreSQL are killed, backups are interrupted and the disk is filled.
 * Then what is stored is compared with an undisturbed run. With `--json` the last line is one JSON object.
 */
import { parseArgs } from "node:util";
import { runChaos } from "./run-chaos.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    json: { type: "boolean", default: false },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  throw new Error("--rounds is a number from 1 on, --seed a whole number");
}
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
const result = await runChaos({ rounds, seed, only: values.only, tell, signal: stop.signal });
const { lost, doubled, identical, maxRestartMs, differing } = result;
const lines = [
  `${result.rounds} rounds: ${lost} blocks lost, ${doubled} doubled, longest restart ${maxRestartMs} ms`,
  identical ? "the tables are those of an undisturbed run" : `other tables: ${differing.join(", ")}`,
  ...Object.entries(result.disturbances).map(
    ([name, { times, maxRestartMs: longest }]) =>
      `${String(times).padStart(4)} times ${name}, longest restart ${longest} ms`,
  ),
];
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${lines.join("\n")}\n`);
const restored = result.restoredHeight !== null && result.restoredLatestHeight === result.blocks - 1;
if (!restored)
  process.stderr.write("the last backup, or the scheduled one with its log, was not restored as it should be\n");
if (!("Redis killed" in result.disturbances)) process.stderr.write("Redis was not killed in this run\n");
if (!("disk full" in result.disturbances)) process.stderr.write("the disk was not full in this run\n");
if (lost > 0 || doubled > 0 || !identical || result.oldRowsLeft > 0 || !restored) process.exitCode = 1;
