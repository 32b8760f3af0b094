import { listen, type Listening, type ListenOptions } from "../database/listen.ts";

/** Hears that there may be new commands. */
export function watchCommands(options: ListenOptions): Listening {
  return listen("commands", options);
}
