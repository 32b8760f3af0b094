/**
 * Builds web/dist where it is missing or older than what it is made from; `--force` builds always.
 * Says nothing where nothing is to do; `utxoiq start` runs it as a child process.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SOURCES = ["web", "sdk", "src/contract", "package-lock.json"];
/** The last file that a build writes. */
const PRODUCT = "web/dist/index.html";

function newestIn(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  // A folder's own time tells of files that were removed.
  const entries = readdirSync(path).filter((name) => name !== "dist" && name !== "node_modules");
  return entries.reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), pathTime(path, stats.mtimeMs));
}

/** Building creates web/dist, which changes the time of web/ itself. */
function pathTime(path: string, mtimeMs: number): number {
  return path === join(ROOT, "web") ? 0 : mtimeMs;
}

function isUpToDate(): boolean {
  const product = join(ROOT, PRODUCT);
  if (!existsSync(product)) return false;
  const built = statSync(product).mtimeMs;
  return SOURCES.every((source) => !existsSync(join(ROOT, source)) || newestIn(join(ROOT, source)) <= built);
}

function build(): number {
  const vite = ["node_modules/.bin/vite", "build", "web", "--config", "web/vite.config.ts", "--logLevel", "warn"];
  // A test run says otherwise in its environment, and React would come with all that helps to develop it.
  const env = { ...process.env, NODE_ENV: "production" };
  const { status } = spawnSync(process.execPath, vite, { cwd: ROOT, stdio: "inherit", env });
  return status ?? 1;
}

if (process.argv.includes("--force") || !isUpToDate()) process.exitCode = build();
