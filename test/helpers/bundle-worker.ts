import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ROOMS = join(ROOT, "src/");
/** Compiled for the machine, so they stay where they were installed. */
const COMPILED = Object.fromEntries(
  ["zeromq", "@resvg/resvg-js"].map((name) => [name, createRequire(import.meta.url).resolve(name)]),
);

/**
 * Makes one file of a worker of this folder and all that it imports, and returns its path: hundreds of modules would be
 * found and read anew each time that it is started. Rooms only define things, so what the worker does not use is left out.
 */
export async function bundleWorker(name: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "utxoiq-worker-"));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    ssr: { noExternal: true, external: Object.keys(COMPILED) },
    build: {
      ssr: join("test/helpers", name),
      outDir,
      emptyOutDir: false,
      target: "node22",
      rolldownOptions: {
        output: { entryFileNames: "worker.mjs", paths: COMPILED },
        treeshake: { moduleSideEffects: (id) => !id.startsWith(ROOMS) },
      },
    },
  });
  return join(outDir, "worker.mjs");
}

/** As `npm start` runs the program; what was compiled once is kept, beside the bundle where nothing else is said. */
export function spawnWorker(
  program: string,
  order: object,
  cache: string = dirname(program),
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, ["--max-semi-space-size=16", program, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
}
