/**
 * `npm run bench -- NAME [--json]`: runs bench/NAME.bench.ts, which exports `run()` and prints lines for a person.
 * With `--json` those lines go to stderr and the last line of stdout is one JSON object of figures.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";

type Benchmark = { readonly run: () => Promise<Record<string, unknown>> };

const HERE = import.meta.dirname;
const ENDING = ".bench.ts";

function listNames(): string[] {
  return readdirSync(HERE)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .toSorted();
}

function describeMachine(): string {
  return `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.versions.node}, commit ${readCommit()}`;
}

function readCommit(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], {
      cwd: HERE,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  } catch {
    // Without git, or before the first commit, figures are still of use; they just name no commit.
    return "unknown";
  }
}

async function runBenchmark(name: string, json: boolean): Promise<void> {
  if (json) console.log = console.error;
  console.log(describeMachine());
  const benchmark = (await import(`./${name}${ENDING}`)) as Benchmark;
  const figures = await benchmark.run();
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const args = process.argv.slice(2);
const name = args.find((arg) => !arg.startsWith("-"));
if (name === undefined) {
  console.log(`Benchmarks: ${listNames().join(", ")}\nRun one with: npm run bench -- NAME [--json]`);
} else if (existsSync(`${HERE}/${name}${ENDING}`)) {
  try {
    await runBenchmark(name, args.includes("--json"));
  } catch (error) {
    console.error(error instanceof Error ? `${name}: ${error.message}` : error);
    process.exitCode = 1;
  }
} else {
  console.error(`There is no benchmark "${name}"; there are: ${listNames().join(", ")}`);
  process.exitCode = 1;
}
