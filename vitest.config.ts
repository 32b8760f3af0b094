import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { LongTestsFirst } from "./test/helpers/long-tests-first.ts";

/** Pure rooms have nothing that a test could not reach; the others have faults of disks, sockets and servers. */
const PURE = ["bitcoin", "features", "signals", "insights", "contract"];
/** Test files of test/e2e run these in processes of their own, which this coverage does not see. */
const WHOLE_PROGRAM = ["cli", "roles"];
const OTHERS = readdirSync("src", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && ![...PURE, ...WHOLE_PROGRAM].includes(entry.name))
  .map((entry) => entry.name);

/** Tests that need no database, no network and no time to speak of; `npm run verify` runs them too. */
const UNIT = [`src/{${[...PURE, "config"].join(",")}}/**/*.test.ts`, "{sdk,web}/**/*.test.{ts,tsx}"];

const threshold = (percent: number) => ({ statements: percent, lines: percent, functions: percent });

export default defineConfig({
  test: {
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    // Much of the time is spent waiting for processes, so there is one more than there are cores.
    maxWorkers: 3,
    // No module of ours keeps what another test would notice, so they are loaded once for all test files of a core.
    isolate: false,
    sequence: { sequencer: LongTestsFirst },
    reporters: ["default", "./test/helpers/closing-line-reporter.ts"],
    projects: [
      // What `npm run verify` runs too: reads the tree and the documents, needs no database.
      { extends: true, test: { name: "tidy", include: ["test/tidy/**/*.test.ts"] } },
      { extends: true, test: { name: "unit", include: UNIT } },
      {
        extends: true,
        test: {
          name: "code",
          include: ["{src,sdk,web}/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
          exclude: ["test/tidy/**", ...UNIT, "**/node_modules/**"],
          globalSetup: ["test/helpers/postgres-global-setup.ts"],
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "sdk/**/*.ts"],
      exclude: ["**/*.test.ts", "**/index.ts", "src/main.ts", `src/{${WHOLE_PROGRAM.join(",")}}/**`],
      reporter: ["text-summary", "json-summary", "html"],
      thresholds: {
        [`src/{${PURE.join(",")}}/**`]: threshold(95),
        [`src/{${OTHERS.join(",")}}/**`]: threshold(80),
      },
    },
  },
});
