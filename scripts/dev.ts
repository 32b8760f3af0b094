/** `npm run dev`: the server, restarted when its files change, and the page from Vite's server. Ctrl-C ends both. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const SERVER = ["--watch-path=src", "src/main.ts", "start", ...process.argv.slice(2)];
const PAGE = ["node_modules/.bin/vite", "web", "--config", "web/vite.config.ts"];

/** In process groups of their own: the terminal's Ctrl-C reaches this process alone, which then stops each once. */
function startChild(command: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...command], { stdio: ["ignore", "inherit", "inherit"], detached: true });
}

function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
}

const children = [startChild(SERVER), startChild(PAGE)];
const ends = children.map((child) => once(child, "close"));
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const child of children) signalGroup(child, "SIGINT");
  await Promise.all(ends);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());

// One without the other is of no use: when either ends, both do.
await Promise.race(ends);
process.exitCode = stopping ? 0 : 1;
await stop();
