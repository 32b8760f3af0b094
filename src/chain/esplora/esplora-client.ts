import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import pRetry from "p-retry";
import { Agent, type Dispatcher, request } from "undici";
import { AppError, codeOf, pause, VERSION } from "#lib";
import { shownAddress } from "../shown-address.ts";
import { RequestPace } from "./request-pace.ts";
import { parseRetryAfter } from "./retry-after.ts";

type Ask = {
  /** Bytes that the answer may have at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
};

/** One server that speaks Esplora's HTTP API; asks at a polite pace and again where that helps. */
export type EsploraClient = {
  /** The address without secrets, for names and messages. */
  readonly address: string;
  /** The address to ask, without the login; its path may hold a key. */
  readonly url: string;
  fetch(path: string, ask: Ask): Promise<Uint8Array>;
  close(): Promise<void>;
};

export type ClientOptions = {
  readonly requestsPerSecond: number;
  readonly retries?: number;
  /** Pause before asking again; doubles. */
  readonly retryMs?: number;
  /** An answer that is not complete by then counts as none. */
  readonly timeoutMs?: number;
};

type Connection = Required<ClientOptions> & {
  readonly address: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  readonly pace: RequestPace;
};

const RETRIES = 4;
/** Whoever asks for more patience than this is told of as too busy; meanwhile nothing is sent. */
const LONGEST_HOLD_MS = 60_000;
const WORTH_RETRYING = new Set(["CHAIN_ESPLORA_UNREACHABLE", "CHAIN_ESPLORA_FAILED", "CHAIN_ESPLORA_BUSY"]);

const unzip = promisify(gunzip);

export function createEsploraClient(url: string, options: ClientOptions): EsploraClient {
  const { requestsPerSecond, retries = RETRIES, retryMs = 500, timeoutMs = 120_000 } = options;
  if (!(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond))) {
    throw new AppError(
      "CHAIN_ESPLORA_URL",
      `Esplora needs a pace above 0 requests a second, not ${requestsPerSecond}.`,
    );
  }
  const connection: Connection = {
    ...parseAddress(url),
    requestsPerSecond,
    retries,
    retryMs,
    timeoutMs,
    agent: new Agent({ connections: 4, connectTimeout: 15_000, keepAliveTimeout: 30_000 }),
    pace: new RequestPace({ requestsPerSecond, clock: () => performance.now(), sleep: pause }),
  };
  return {
    address: connection.address,
    url: connection.url,
    fetch: (path, ask) => fetchWithRetries(connection, path, ask),
    close: () => connection.agent.destroy(),
  };
}

/** A name and password in the address go into the header alone. */
function parseAddress(text: string): Pick<Connection, "address" | "url" | "headers"> {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new AppError("CHAIN_ESPLORA_URL", "The address of an Esplora server is like https://blockstream.info/api.");
  }
  const headers: Record<string, string> = { "accept-encoding": "gzip", "user-agent": `utxoiq/${VERSION}` };
  if (url.username !== "") {
    const account = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers["authorization"] = `Basic ${Buffer.from(account).toString("base64")}`;
  }
  const plain = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  return { address: shownAddress(plain).replace(/\/+$/, ""), url: plain, headers };
}

async function fetchWithRetries(connection: Connection, path: string, ask: Ask): Promise<Uint8Array> {
  return pRetry(() => fetchOnce(connection, path, ask), {
    retries: connection.retries,
    minTimeout: connection.retryMs,
    randomize: true,
    signal: ask.signal,
    shouldRetry: ({ error }) => WORTH_RETRYING.has(codeOf(error) ?? "") && connection.pace.heldForMs <= LONGEST_HOLD_MS,
  });
}

async function fetchOnce(connection: Connection, path: string, ask: Ask): Promise<Uint8Array> {
  const { address, url, headers, agent, pace, timeoutMs } = connection;
  if (pace.heldForMs > LONGEST_HOLD_MS) throw busy(connection);
  await pace.take(ask.signal);
  const signal = AbortSignal.any([ask.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await request(`${url}${path}`, {
      dispatcher: agent,
      headers,
      signal,
      headersTimeout: timeoutMs,
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw refusal(connection, path, response);
    }
    return await readBody(response, ask.limit);
  } catch (error) {
    if (error instanceof AppError) throw error;
    ask.signal.throwIfAborted();
    throw fault(`${address}${path}`, error, ask.limit);
  }
}

async function readBody({ body, headers }: Dispatcher.ResponseData, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > limit) throw new RangeError("too long");
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  return headers["content-encoding"] === "gzip" ? unzip(bytes, { maxOutputLength: limit }) : bytes;
}

function fault(asked: string, error: unknown, limit: number): AppError {
  if (error instanceof RangeError) {
    return new AppError(
      "CHAIN_ESPLORA_REPLY",
      `${asked} answers with more than ${limit.toLocaleString("en-US")} bytes.`,
      {
        cause: error,
        retryable: true,
      },
    );
  }
  const reason = REASONS[codeOf(error) ?? ""] ?? (isTimeout(error) ? "does not answer in time" : "breaks off");
  return new AppError("CHAIN_ESPLORA_UNREACHABLE", `${asked} ${reason}.`, { cause: error, retryable: true });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || /TIMEOUT/.test(codeOf(error) ?? ""));
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses the connection",
  ENOTFOUND: "is not known by name",
  EAI_AGAIN: "cannot be looked up by name now",
  EHOSTUNREACH: "cannot be reached from here",
  ENETUNREACH: "cannot be reached from here",
};

function refusal(connection: Connection, path: string, { statusCode, headers }: Dispatcher.ResponseData): AppError {
  const asked = `${connection.address}${path}`;
  const details = { status: statusCode };
  if (statusCode === 429) {
    const asksFor = parseRetryAfter(textOf(headers["retry-after"]), Date.now());
    // Esplora itself names no time: its public servers lift such a limit within seconds to minutes.
    connection.pace.hold(asksFor ?? connection.retryMs * 20);
    return busy(connection);
  }
  if (statusCode >= 500) {
    const message = `${asked} answers with HTTP status ${statusCode}: the server has a fault.`;
    return new AppError("CHAIN_ESPLORA_FAILED", message, { details, retryable: true });
  }
  if (statusCode === 404) {
    return new AppError("CHAIN_ESPLORA_NOT_FOUND", `${asked} is not known to the server.`, {
      details,
      retryable: true,
    });
  }
  const target = statusCode < 400 ? textOf(headers["location"]) : undefined;
  const hint = target === undefined || !URL.canParse(target) ? "" : ` It points to ${shownAddress(target)}: use that.`;
  // A ban of an address (403) ends by itself after a while.
  const retryable = statusCode === 403 || statusCode === 408 || statusCode === 425;
  const message = `${asked} is refused with HTTP status ${statusCode}.${hint}`;
  return new AppError("CHAIN_ESPLORA_REFUSED", message, { details, retryable });
}

function busy({ address, pace, requestsPerSecond }: Connection): AppError {
  const seconds = Math.ceil(pace.heldForMs / 1_000);
  const message = `${address} asks for patience (too many requests): nothing is asked for ${seconds} s. At the moment it is asked ${requestsPerSecond} times a second; fewer may help.`;
  return new AppError("CHAIN_ESPLORA_BUSY", message, { details: { seconds }, retryable: true });
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.[0];
}
