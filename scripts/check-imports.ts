/**
 * Checks the import table and the borders of .dependency-cruiser.mjs, and that the cruise saw what it should see:
 * with a TypeScript that it cannot read, dependency-cruiser finds no module and no fault.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";

const PLACES = ["src", "sdk", "web", "test", "bench", "scripts"].filter((place) => existsSync(place));
const CONFIG = ".dependency-cruiser.mjs";

type Dependency = { readonly module: string; readonly resolved: string; readonly couldNotResolve: boolean };
type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };
type Cruise = {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly Dependency[] }[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalCruised: number;
    readonly totalDependenciesCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment: string }[] };
  };
};

function cruise(): Cruise {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/.bin/depcruise", "--config", CONFIG, "--output-type", "json", ...PLACES],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  if (!stdout.trimStart().startsWith("{"))
    throw new Error(`dependency-cruiser said nothing usable:\n${stdout}${stderr}`);
  return JSON.parse(stdout) as Cruise;
}

/** What makes a green result worthless. */
function findBlindness({ modules }: Cruise): string[] {
  const seen = new Set(modules.map(({ source }) => source));
  const unseen = PLACES.flatMap((place) => globSync(`${place}/**/*.{ts,tsx}`, { exclude: isForeign }))
    .filter((file) => !file.endsWith(".d.ts") && !seen.has(file))
    .map((file) => `${file} was not looked at`);
  const faces = modules.flatMap(({ dependencies }) => dependencies.filter(({ module }) => module.startsWith("#")));
  const lost = faces.filter(({ resolved }) => !/^(src|sdk)\/.*\.ts$/.test(resolved));
  if (seen.size === 0) unseen.push("no module was looked at");
  if (faces.length === 0) unseen.push("no import through a face (#room) was seen");
  return [...unseen, ...lost.map(({ module, resolved }) => `${module} was not resolved to a face but to ${resolved}`)];
}

function isForeign(path: string): boolean {
  return path.includes("node_modules") || path.startsWith("web/dist");
}

function describeViolations({ summary }: Cruise): string[] {
  const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  return summary.violations.map(
    ({ from, to, rule }) => `${from} imports ${to} (${rule.name})\n    ${comments.get(rule.name) ?? ""}`,
  );
}

const result = cruise();
const faults = [...findBlindness(result), ...describeViolations(result)];
for (const fault of faults) console.error(fault);
console.log(`${result.summary.totalCruised} modules, ${result.summary.totalDependenciesCruised} imports`);
process.exitCode = faults.length === 0 ? 0 : 1;
