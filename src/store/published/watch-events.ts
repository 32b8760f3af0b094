import { Client } from "pg";
import { type Logger, messageOf, pause } from "#lib";
import { clientConfig, type Connection } from "../database/connection.ts";

export type EventWatch = { close(): Promise<void> };

export type WatchOptions = {
  readonly connection: Connection;
  readonly logger: Logger;
  /** There may be new events. Also called after each (re)connection, because notifications may have been missed. */
  readonly onChange: () => void;
};

const RECONNECT_MS = 1_000;

/**
 * Hears the notifications of new events on a connection of its own. They are a hint: a reader polls each second
 * besides, since a dead connection may look alive for a while.
 */
export function watchEvents(options: WatchOptions): EventWatch {
  const stop = new AbortController();
  const done = listenForever(options, stop.signal);
  return {
    close: async () => {
      stop.abort();
      await done;
    },
  };
}

async function listenForever(options: WatchOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenOnce(options, signal);
    } catch (error) {
      options.logger.warn({ reason: messageOf(error) }, "not hearing of new events; connecting again");
    }
    await pause(RECONNECT_MS, signal);
  }
}

/** Returns when the signal is aborted, throws when the connection is lost. */
async function listenOnce({ connection, onChange }: WatchOptions, signal: AbortSignal): Promise<void> {
  const client = new Client({ ...clientConfig(connection), application_name: "utxoiq events" });
  const ended = new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("end", () => reject(new Error("the connection was closed")));
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // Also awaited below; this keeps a loss during connect from counting as unhandled.
  ended.catch(() => undefined);
  client.on("notification", onChange);
  try {
    await client.connect();
    await client.query("LISTEN utxoiq_events");
    onChange();
    await ended;
  } finally {
    await client.end();
  }
}
