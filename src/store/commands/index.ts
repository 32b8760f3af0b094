/** What one role asks of another, as rows: ask, take, answer; and what of it is part of a simulated chain. */
export { askCommand } from "./ask-command.ts";
export type { CommandAnswer, CommandKind, CommandTypes, SourceTransaction } from "./command.ts";
export type { TakenCommand, TriedSource } from "./command.ts";
export { listStagedEvents, saveStagedEvent } from "./staged-events.ts";
export { answerCommand, takeCommand } from "./take-command.ts";
export { answerAbandoned } from "./answer-abandoned.ts";
export { watchCommands } from "./watch-commands.ts";
