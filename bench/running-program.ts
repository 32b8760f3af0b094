import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
/** Where the page lies once it is built. */
export const WEB_ROOT = join(ROOT, "web/dist");
/** As package.json starts the program. */
const START = ["--max-semi-space-size=16", join(ROOT, "src/main.ts"), "start"];
const LOOK_AGAIN_MS = 50;

export type RunningProgram = {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything that it wrote. */
  told(): string;
  /** Until it has written these words. @throws Error where it ends before */
  shows(words: string): Promise<void>;
  stop(): Promise<void>;
};

/** The page as a production build, which any start but the very first finds made. */
export function buildWeb(): void {
  execFileSync(process.execPath, [join(ROOT, "scripts/build-web.ts")], { stdio: "ignore" });
}

/** An empty one, which the user that runs the database may enter. */
export function makeDataDirectory(): string {
  const data = mkdtempSync(join(tmpdir(), "utxoiq-bench-"));
  chmodSync(data, 0o755);
  return data;
}

/** The whole program as its own process, on a port that is free. */
export async function startProgram(data: string, args: readonly string[] = []): Promise<RunningProgram> {
  const port = await findPort();
  const program = spawn(process.execPath, [...START, "--data", data, "--port", String(port), ...args], { cwd: ROOT });
  let told = "";
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (text) => (told += String(text)));
  return {
    url: `http://127.0.0.1:${port}`,
    process: program,
    told: () => told,
    async shows(words) {
      while (!told.includes(words)) {
        if (program.exitCode !== null) throw new Error(`the program ended before it said "${words}": ${told}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    },
    async stop() {
      if (program.exitCode !== null || program.signalCode !== null) return;
      const ended = once(program, "exit");
      program.kill("SIGINT");
      await ended;
    },
  };
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port is free");
  server.close();
  return address.port;
}
