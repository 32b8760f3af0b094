/** `npm run test:permissions`: every route asked by every kind of actor, and in how many cases the answer was another. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Report = {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly meta?: { readonly actors?: number; readonly wrong?: number };
    }[];
  }[];
};

const folder = mkdtempSync(join(tmpdir(), "utxoiq-permissions-"));
const file = join(folder, "report.json");
const vitest = ["node_modules/.bin/vitest", "run", "--project=code", "src/api/permissions.test.ts"];
const reporters = ["--reporter=json", `--outputFile=${file}`];
const { status } = spawnSync(process.execPath, [...vitest, ...reporters], { stdio: ["ignore", "ignore", "inherit"] });
const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Report;
rmSync(folder, { recursive: true });

const all = testResults.flatMap(({ assertionResults }) => assertionResults);
const routes = all.filter(({ meta }) => meta?.actors !== undefined);
const sum = (name: "actors" | "wrong"): number => routes.reduce((total, { meta }) => total + (meta?.[name] ?? 0), 0);
const summary = {
  routes: routes.length,
  actors: routes[0]?.meta?.actors ?? 0,
  cases: sum("actors"),
  // Tests of single promises, such as that a page of another site changes nothing, are cases that failed as well.
  failures: sum("wrong") + all.filter((test) => test.status === "failed" && !routes.includes(test)).length,
};
const asJson = process.argv.includes("--json");
console.log(
  asJson
    ? JSON.stringify(summary)
    : Object.entries(summary)
        .map((pair) => pair.join(" "))
        .join(", "),
);
process.exitCode = status === 0 && summary.routes > 0 && summary.failures === 0 ? 0 : 1;
