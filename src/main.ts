#!/usr/bin/env node
import { runCli } from "#cli";

const stop = new AbortController();

// A terminal sends Ctrl-C to npm and to us, and npm passes it on: the second one says nothing new.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());

// A reader that has seen enough (head, a closed terminal) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exit(await runCli(process.argv.slice(2), stop.signal));
