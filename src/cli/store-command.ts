import type { Command } from "commander";
import { type Config, type Flags, readConfig } from "#config";
import type { LineOutput } from "./line-output.ts";
import type { Terminal } from "./terminal.ts";

/** What the program gives every command. */
export type Surroundings = LineOutput & {
  readonly terminal: () => Terminal;
  /** For what is said beside results on standard output. */
  readonly aside: () => Terminal;
  readonly signal: AbortSignal;
};

/** Gives a command its flags, its arguments, the commands below it, and what it does. */
export type Complete = (command: Command, surroundings: Surroundings) => void;

/** What a command is given that reads or changes the database of a network. */
export type StoreCommand = LineOutput & {
  readonly config: Config;
  /** Whether --network was said: then no source has to be asked for it. */
  readonly networkGiven: boolean;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** What a command is given, by its flags. */
export function storeCommandOf(surroundings: Surroundings) {
  return (flags: Flags): StoreCommand => ({
    ...surroundings,
    config: readConfig(flags),
    networkGiven: flags.network !== undefined,
    terminal: surroundings.terminal(),
  });
}
