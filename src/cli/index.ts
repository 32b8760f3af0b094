/**
 * The command line: one file per command, no logic of its own.
 * Deliberately not here: settings (`config`), and what a command does.
 * Start with run-cli.ts.
 */
export { runCli } from "./run-cli.ts";
