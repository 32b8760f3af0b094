#!/usr/bin/env -S node --max-semi-space-size=16
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// What was compiled is kept where only who installed the program writes, so that the next start takes half the time. It
// counts for what is imported from here on, and where it cannot be written nothing is kept.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/utxoiq", import.meta.url)));

const stop = new AbortController();

// A terminal sends Ctrl-C to npm and to us, and npm passes it on: the second one says nothing new.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());

// A reader that has seen enough (head) or a terminal that was closed ends the program as Ctrl-C does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    stop.abort();
  });
}

const { runCli } = await import("#cli");
const { untilAborted } = await import("#lib");
const code = await runCli(process.argv.slice(2), stop.signal);
// A pipe whose reader is slow still holds what was written last, and ending the process would lose it.
await Promise.race([Promise.all([process.stdout, process.stderr].map(written)), untilAborted(stop.signal)]);
process.exit(code);

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
