/** What one role asks of another, as rows: ask, take, answer. */
export { askCommand } from "./ask-command.ts";
export type { CommandAnswer, CommandTypes, TakenCommand } from "./command.ts";
export { answerCommand, takeCommand } from "./take-command.ts";
export { watchCommands } from "./watch-commands.ts";
