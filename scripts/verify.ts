/**
 * `npm run verify`: everything that can be checked without running the program. No database, under a minute.
 * `--without-units` leaves out the unit tests, for whoever runs all tests anyhow.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

type Check = { readonly name: string; readonly command: readonly string[] };
type Outcome = { readonly ok: boolean; readonly seconds: number; readonly output: string };

const tool = (name: string): string => `node_modules/.bin/${name}`;

/** The native compiler; version 6 stays beside it for what reads its programming interface (the import rules). */
const TSC = "node_modules/typescript-7/bin/tsc";

const TIDY = [tool("vitest"), "run", "--reporter=dot", "--project=tidy"];
const withUnits = !process.argv.includes("--without-units");

/** The slowest first: they decide how long the whole takes. */
const CHECKS: readonly Check[] = [
  { name: "types of the server", command: [TSC, "--project", "tsconfig.json"] },
  { name: "types of the page", command: [TSC, "--project", "web/tsconfig.json"] },
  { name: "types of the core", command: [TSC, "--project", "tsconfig.core.json"] },
  { name: "lint", command: [tool("oxlint"), "--type-aware", "--deny-warnings", "--report-unused-disable-directives"] },
  withUnits
    ? { name: "documents and units", command: [...TIDY, "--project=unit"] }
    : { name: "documents", command: TIDY },
  { name: "API as described", command: ["scripts/openapi.ts", "--check"] },
  { name: "imports", command: ["scripts/check-imports.ts"] },
  { name: "unused code", command: [tool("knip"), "--no-progress"] },
  { name: "format", command: [tool("oxfmt"), "--check"] },
];

async function run({ command }: Check): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(process.execPath, [...command], { stdio: ["ignore", "pipe", "pipe"] });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
  const ok = await new Promise<boolean>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0));
  });
  return { ok, seconds: (performance.now() - started) / 1_000, output: Buffer.concat(pieces).toString("utf8") };
}

function report({ name }: Check, { ok, seconds, output }: Outcome): void {
  console.log(`${ok ? "ok  " : "FAIL"}  ${name.padEnd(24)}${seconds.toFixed(1).padStart(5)} s`);
  if (!ok) console.log(`\n${output.trim()}\n`);
}

/** As many at a time as the machine has cores. */
async function runAll(): Promise<number> {
  const waiting = [...CHECKS];
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await run(check);
      report(check, outcome);
      if (!outcome.ok) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), CHECKS.length) }, worker));
  return failed;
}

const started = performance.now();
const failed = await runAll();
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(
  failed === 0 ? `All ${CHECKS.length} checks passed in ${seconds} s` : `${failed} of ${CHECKS.length} checks failed`,
);
process.exitCode = failed === 0 ? 0 : 1;
