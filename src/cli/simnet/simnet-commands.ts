import { type Command, InvalidArgumentError } from "commander";
import { type Flags, readConfig, type SettingName } from "#config";
import { parseNumber } from "../parse-height.ts";
import type { Terminal } from "../terminal.ts";
import { listEvents } from "./list-events.ts";
import { askForEvent, type EventFlags } from "./ask-for-event.ts";

export type Surroundings = {
  /** Adds a command with the flags of these settings. */
  readonly add: (name: string, sentence: string, settings: readonly SettingName[]) => Command;
  readonly terminal: () => Terminal;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
};

const EVENT_SETTINGS: readonly SettingName[] = ["source", "data", "databaseUrl", "logLevel"];

export function addSimnetCommands({ add, terminal, write, signal }: Surroundings): void {
  add("event", "stage an event on the simulated network that runs, from its next block on", EVENT_SETTINGS)
    .argument("<kind>", "what is to happen; simnet events lists what can")
    .option("--entity <name>", "to whom; drawn where nothing is said")
    .option("--size <number>", "bitcoin, or times the usual; drawn where nothing is said", parseSize)
    .option("--blocks <number>", "how many blocks it lasts; drawn where nothing is said", parseNumber)
    .action((kind: string, flags: Flags & EventFlags) =>
      askForEvent({ config: readConfig(flags), terminal: terminal(), signal }, kind, flags),
    );
  add("events", "list what can be staged, to whom, and what its size counts", [])
    .option("--json", "one JSON object a line")
    .action(({ json = false }: { json?: boolean }) => listEvents({ json, write }));
}

function parseSize(text: string): number {
  const size = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || size <= 0) throw new InvalidArgumentError("A size is a number above 0.");
  return size;
}
