import { AppError, pause } from "#lib";
import { shownAddress } from "../shown-address.ts";

export type SocketOptions = {
  /** `wss://host/api/v1/ws`. */
  readonly url: string;
  /** What the server is asked to send: `blocks`, `mempool-blocks`, `stats`. */
  readonly wants: readonly string[];
  readonly signal: AbortSignal;
  /** Each message that is a JSON object; returns what is wrong with it ("is …"), which ends the connection. */
  readonly onMessage: (message: Readonly<Record<string, unknown>>) => string | undefined;
  /** The connection stands, for the first time or again; what happened meanwhile was missed. */
  readonly onConnect?: () => void;
  /** The connection failed or was lost and is tried again. */
  readonly onTrouble?: ((error: AppError) => void) | undefined;
  /** After so long without a message the server is asked whether it is there; after twice that it is not. */
  readonly quietMs?: number;
  readonly backoffMs?: { readonly first: number; readonly most: number };
};

const QUIET_MS = 30_000;
const BACKOFF_MS = { first: 1_000, most: 60_000 };

/** Listens to a mempool.space server until the signal is aborted, connecting again whenever the connection is lost. */
export async function listenToMempoolSpace(options: SocketOptions): Promise<void> {
  const { signal, backoffMs = BACKOFF_MS } = options;
  let failures = 0;
  while (!signal.aborted) {
    const { heard, reason } = await converse(options);
    if (signal.aborted) return;
    options.onTrouble?.(
      new AppError("CHAIN_SOCKET_LOST", `${shownAddress(options.url)}: ${reason}; trying again.`, { retryable: true }),
    );
    failures = heard ? 0 : failures + 1;
    const waitMs = Math.min(backoffMs.most, backoffMs.first * 2 ** Math.min(failures, 20));
    // Half of it by chance, so that not all clients of a server that was restarted come back at once.
    await pause(waitMs * (0.5 + Math.random() / 2), signal);
  }
}

type Farewell = { readonly heard: boolean; readonly reason: string };

/** One connection, from opening to its end. */
async function converse({ url, wants, signal, quietMs = QUIET_MS, ...on }: SocketOptions): Promise<Farewell> {
  const socket = new WebSocket(url);
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  let opened = false;
  let heard = false;
  let lastHeardAt = performance.now();
  const watch = setInterval(() => {
    const silentMs = performance.now() - lastHeardAt;
    if (silentMs > 2 * quietMs) end(`no answer for ${Math.round(silentMs / 1_000)} seconds`);
    else if (silentMs > quietMs && socket.readyState === WebSocket.OPEN) socket.send('{"action":"ping"}');
  }, quietMs / 2);
  const stop = (): void => end("stopped");
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  socket.addEventListener("open", () => {
    opened = true;
    socket.send(JSON.stringify({ action: "want", data: wants }));
    on.onConnect?.();
  });
  socket.addEventListener("message", ({ data }) => {
    lastHeardAt = performance.now();
    const message = parseMessage(data);
    const wrong = message === undefined ? "is no JSON object" : on.onMessage(message);
    if (wrong === undefined) heard = true;
    else end(`a message ${wrong}`);
  });
  socket.addEventListener("error", (event) => end(describeFailure(event, opened)));
  socket.addEventListener("close", ({ code }) => end(`the connection was closed (code ${code})`));
  const reason = await ended;
  // The end is not waited for: a server that is gone does not answer the closing handshake.
  clearInterval(watch);
  signal.removeEventListener("abort", stop);
  socket.close();
  return { heard, reason };
}

function describeFailure(event: Event, opened: boolean): string {
  const what = opened ? "the connection broke" : "cannot connect";
  const why = "message" in event && typeof event.message === "string" ? event.message : "";
  return why === "" ? what : `${what} (${why})`;
}

function parseMessage(data: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    // The caller ends the connection and tells why.
    return undefined;
  }
}
