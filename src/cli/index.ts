/**
 * The command line: one file per command, no logic of its own.
 * Deliberately not here: settings (`config`), and what a command does.
 * Each command is a file that exports `complete`, and is loaded when it is asked for: commands.ts lists them.
 * Start with run-cli.ts.
 */
export { runCli } from "./run-cli.ts";
