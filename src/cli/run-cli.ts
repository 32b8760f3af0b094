import { Command, CommanderError } from "commander";
import { AppError, messageOf, VERSION } from "#lib";
import { COMMANDS } from "./commands.ts";
import { createLineOutput } from "./line-output.ts";
import type { Surroundings } from "./store-command.ts";
import { createTerminal } from "./terminal.ts";

/** npm keeps the flags for itself and hands on their values alone. */
const FORGOTTEN_DASHES = "Did you forget -- after npm start? npm start -- --source <source>";

/** Runs one command to its end and returns the exit code. */
export async function runCli(argv: readonly string[], signal: AbortSignal): Promise<number> {
  // A reader that has seen enough (head) needs no word of it.
  let readerLeft = false;
  const onError = (): void => {
    readerLeft = true;
  };
  process.stdout.on("error", onError);
  try {
    const program = await buildProgram(argv, signal);
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    if (isStop(error)) {
      if (!readerLeft) process.stderr.write("Stopped\n");
      return 0;
    }
    // commander has told the person already.
    if (error instanceof CommanderError) {
      if (error.code === "commander.excessArguments") process.stderr.write(`${FORGOTTEN_DASHES}\n`);
      return error.exitCode;
    }
    process.stderr.write(`utxoiq: ${tell(error)}\n`);
    return 1;
  } finally {
    process.stdout.off("error", onError);
  }
}

/** Ctrl-C while something was waited for that could be left as it is. */
function isStop(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Our own errors are sentences for a person; of anything else the stack helps whoever mends it. */
function tell(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}

/** All commands by name and sentence, and the one that is asked for with all that it can do. */
async function buildProgram(argv: readonly string[], signal: AbortSignal): Promise<Command> {
  const program = new Command("utxoiq")
    .description("On-chain intelligence for Bitcoin that can be checked.")
    .version(VERSION)
    .exitOverride()
    // Flags after the name of a command are that command's, also where those above it have such flags.
    .enablePositionalOptions()
    .showHelpAfterError("Try npm run utxoiq -- --help.");
  const asked = nameOf(argv);
  for (const { name, sentence, load } of COMMANDS) {
    const command = program.command(name).description(sentence).exitOverride();
    if (name !== asked) continue;
    const { complete } = await load();
    complete(command, surroundingsOf(signal));
  }
  return program;
}

/** The command that is asked for, or asked about. */
function nameOf(argv: readonly string[]): string | undefined {
  const [first, second] = argv.filter((word) => !word.startsWith("-"));
  return first === "help" ? second : first;
}

function surroundingsOf(signal: AbortSignal): Surroundings {
  return {
    ...createLineOutput(process.stdout, signal),
    terminal: () => createTerminal(process.stdout),
    aside: () => createTerminal(process.stderr),
    signal,
  };
}
