import { listen, type Listening, type ListenOptions } from "../database/listen.ts";

/** Hears that there may be new events. */
export function watchEvents(options: ListenOptions): Listening {
  return listen("events", options);
}
