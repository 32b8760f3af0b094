import { Client } from "pg";
import { type Logger, messageOf, pause } from "#lib";
import { clientConfig, type Connection } from "./connection.ts";

export type Listening = { close(): Promise<void> };

export type ListenOptions = {
  readonly connection: Connection;
  readonly logger: Logger;
  /** There may be new ones. Also called after each (re)connection, because notifications may have been missed. */
  readonly onChange: () => void;
};

const RECONNECT_MS = 1_000;

/**
 * Hears the notifications of new events or commands on a connection of its own. They are a hint: a reader polls each second
 * besides, since a dead connection may look alive for a while.
 */
export function listen(what: "events" | "commands", options: ListenOptions): Listening {
  const stop = new AbortController();
  const done = listenForever({ ...options, what }, stop.signal);
  return {
    close: async () => {
      stop.abort();
      await done;
    },
  };
}

type Options = ListenOptions & { readonly what: "events" | "commands" };

async function listenForever(options: Options, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenOnce(options, signal);
    } catch (error) {
      options.logger.warn({ reason: messageOf(error) }, `not hearing of new ${options.what}; connecting again`);
    }
    await pause(RECONNECT_MS, signal);
  }
}

/** Returns when the signal is aborted, throws when the connection is lost. */
async function listenOnce({ what, connection, onChange }: Options, signal: AbortSignal): Promise<void> {
  const client = new Client({ ...clientConfig(connection), application_name: `utxoiq ${what}` });
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
    await client.query(`LISTEN utxoiq_${what}`);
    onChange();
    await ended;
  } finally {
    await client.end();
  }
}
