import pRetry from "p-retry";
import { type Dispatcher, Pool } from "undici";
import { AppError, codeOf, VERSION } from "#lib";
import type { CoreSpec } from "./core-spec.ts";
import { type Login, readLogin } from "./credentials.ts";
import { assertListening } from "./assert-listening.ts";
import { badReply, connectionError, forbidden, timeoutError, unauthorized, unavailable } from "./rpc-errors.ts";

export type HttpAsk = {
  readonly path: string;
  /** Sent by POST where there is one, otherwise it is a GET. */
  readonly body?: string;
  /** What is asked for, for messages: `getblock`. */
  readonly what: string;
};

export type HttpOptions = {
  readonly signal?: AbortSignal | undefined;
  /** For one attempt, body included. */
  readonly timeoutMs?: number | undefined;
  readonly retries?: number | undefined;
};

export type HttpAnswer = { readonly status: number; readonly body: AsyncIterable<Uint8Array> };

/** HTTP with one node: few connections that stay open, the login, and what helps against what passes. */
export type CoreHttp = {
  readonly url: string;
  /** What an answer may take that is not long. */
  readonly timeoutMs: number;
  /** `read` gets every answer that is none of 401, 403 and 503, and reads its body; it may be called again. */
  send<Result>(ask: HttpAsk, read: (answer: HttpAnswer) => Promise<Result>, options?: HttpOptions): Promise<Result>;
  close(): Promise<void>;
};

export type CoreHttpOptions = {
  /** Pause before trying again; doubles, with up to as much again by chance. */
  readonly retryMs?: number;
  readonly retries?: number;
  readonly timeoutMs?: number;
};

type Connection = Required<CoreHttpOptions> & {
  readonly spec: CoreSpec;
  readonly pool: Pool;
  login: Login | undefined;
};

/** Core serves 4 requests at a time by default and lets 16 wait; a long poll occupies one of them. */
const CONNECTIONS = 6;
const PASSES: ReadonlySet<string> = new Set(["CHAIN_RPC_UNREACHABLE", "CHAIN_RPC_BUSY", "CHAIN_RPC_WARMING_UP"]);
const LONGEST_PAUSE_MS = 8_000;

export function openHttp(spec: CoreSpec, options: CoreHttpOptions = {}): CoreHttp {
  // A node closes a connection after 30 idle seconds.
  const pool = new Pool(spec.url, { connections: CONNECTIONS, connectTimeout: 10_000, keepAliveTimeout: 20_000 });
  const connection: Connection = {
    retryMs: 250,
    retries: 4,
    timeoutMs: 30_000,
    ...options,
    spec,
    pool,
    login: undefined,
  };
  return {
    url: spec.url,
    timeoutMs: connection.timeoutMs,
    send: (ask, read, sendOptions = {}) => sendWithRetries(connection, { ask, read, options: sendOptions }),
    close: () => pool.destroy(),
  };
}

type Sending<Result> = {
  readonly ask: HttpAsk;
  readonly read: (answer: HttpAnswer) => Promise<Result>;
  readonly options: HttpOptions;
};

async function sendWithRetries<Result>(connection: Connection, sending: Sending<Result>): Promise<Result> {
  const { signal, retries = connection.retries } = sending.options;
  return pRetry(() => sendOnce(connection, sending), {
    retries,
    minTimeout: connection.retryMs,
    maxTimeout: LONGEST_PAUSE_MS,
    randomize: true,
    signal,
    shouldRetry: ({ error, attemptNumber }) => {
      const code = error instanceof AppError && error.retryable ? error.code : "";
      // A timeout has already taken long.
      return PASSES.has(code) || (code === "CHAIN_RPC_TIMEOUT" && attemptNumber === 1);
    },
  });
}

async function sendOnce<Result>(connection: Connection, sending: Sending<Result>): Promise<Result> {
  const { spec, timeoutMs: usualTimeoutMs } = connection;
  const { ask, read, options } = sending;
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
  try {
    const answer = await request(connection, ask, { signal, timeoutMs });
    if (answer.statusCode === 403 || answer.statusCode === 503) {
      const says = await answer.body.text();
      throw answer.statusCode === 403 ? forbidden(spec.url, ask.what) : unavailable(spec.url, says);
    }
    return await read({ status: answer.statusCode, body: answer.body });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (deadline.aborted) throw timeoutError(spec.url, { what: ask.what, timeoutMs });
    // Undici's and Node's errors have a code; what has none is a fault of this program.
    if (error instanceof AppError || codeOf(error) === undefined) throw error;
    throw connectionError(spec.url, error);
  }
}

type Attempt = { readonly signal: AbortSignal; readonly timeoutMs: number };

/** Logs in; a cookie that is refused is read once more, because a node that was restarted wrote a new one. */
async function request(connection: Connection, ask: HttpAsk, attempt: Attempt): Promise<Dispatcher.ResponseData> {
  const known = connection.login;
  const login = known ?? (await findLogin(connection.spec));
  const answer = await requestAs(connection, login, { ask, ...attempt });
  if (answer.statusCode !== 401) return answer;
  await answer.body.dump();
  const fresh = known?.cookie === undefined ? login : await readLogin(connection.spec.credentials);
  const workedBefore = known !== undefined;
  if (fresh.header === login.header) {
    throw unauthorized(connection.spec.url, { cookie: login.cookie, workedBefore });
  }
  const again = await requestAs(connection, fresh, { ask, ...attempt });
  if (again.statusCode !== 401) return again;
  await again.body.dump();
  throw unauthorized(connection.spec.url, { cookie: fresh.cookie, workedBefore });
}

/** A node that does not run has no cookie: then that it does not run is what there is to say. */
async function findLogin(spec: CoreSpec): Promise<Login> {
  try {
    return await readLogin(spec.credentials);
  } catch (error) {
    await assertListening(spec);
    throw error;
  }
}

async function requestAs(
  connection: Connection,
  login: Login,
  { ask, signal, timeoutMs }: Attempt & { readonly ask: HttpAsk },
): Promise<Dispatcher.ResponseData> {
  const headers = { authorization: login.header, "user-agent": `utxoiq/${VERSION}` };
  const answer = await connection.pool.request({
    path: ask.path,
    method: ask.body === undefined ? "GET" : "POST",
    headers: ask.body === undefined ? headers : { ...headers, "content-type": "application/json" },
    body: ask.body ?? null,
    signal,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  if (answer.statusCode !== 401) connection.login = login;
  return answer;
}

/** The whole body, if it has no more than `limit` bytes. */
export async function readAll(url: string, body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > limit) throw badReply(url, `sends more than ${limit.toLocaleString("en-US")} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
