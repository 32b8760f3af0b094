import type { Server } from "node:net";
import { type AccountOptions, drawSecrets, openAccounts, remindOfKeys, type Secrets } from "#auth";
import { codeOf, type Logger, VERSION } from "#lib";
import { access, cache, type Database, type Connection, watchEvents } from "#store";
import type { App } from "./app-types.ts";
import { type WatchedDirectory, watchDisk } from "./disk-watch.ts";
import { buildApp } from "./build-app.ts";
import { listenError } from "./listen-error.ts";
import { measureStatus } from "./measure-status.ts";
import type { GuestAccess } from "./permissions.ts";
import { sampleSystem } from "./sample-system.ts";
import { makeStreams } from "./streams/streams.ts";

/** Between two looks at the database when no NOTIFY is heard. */
const POLL_MS = 1_000;
/** Between two looks for keys that end soon. */
const REMIND_EVERY_MS = 3_600_000;
/** For so long a server that stops waits for what it has begun to answer. */
const DRAIN_MS = 5_000;
/** A status is shared by all who ask within so long. */
const STATUS_FRESH_MS = 500;

export type ApiOptions = {
  readonly db: Database;
  readonly connection: Connection;
  readonly logger: Logger;
  readonly host: string;
  readonly port: number;
  readonly webRoot: string;
  /** Without them some are drawn that nobody knows, so nobody is the operator. */
  readonly secrets?: Secrets;
  /** Without them nobody makes an account, and letters go nowhere. */
  readonly accounts?: Pick<
    AccountOptions,
    "publicUrl" | "registration" | "codes" | "mailsLetters" | "sendLetter" | "providers" | "breachedPasswords"
  >;
  /** What guests may do; without it everything that is open to them. */
  readonly guests?: GuestAccess;
  /** Requests a minute of somebody's pages; without it, or 0, as many as they want. */
  readonly burstLimit?: number;
  /** Whose X-Forwarded headers count. */
  readonly trustedProxies?: readonly string[];
  /** Where transactions can be looked up that nobody here knows, with `{txid}` in it. */
  readonly transactionLink?: string | undefined;
  /** Pages of other origins that may read the API. */
  readonly corsOrigins?: readonly string[];
  /** Where answers are remembered for other processes too. */
  readonly redisUrl?: string | undefined;
  /** Of which the status tells how full they are. */
  readonly directories?: readonly WatchedDirectory[];
};

const WITHOUT_ACCOUNTS = {
  publicUrl: "http://localhost",
  registration: "invite",
  sendLetter: () => Promise.resolve(),
} as const;

export type RunningApi = { readonly url: string; readonly stop: () => Promise<void> };

/** Listens, and hands new events to whoever is connected, until `stop`. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const {
    db,
    connection,
    logger,
    host,
    port,
    webRoot,
    secrets = drawSecrets(),
    guests = "all",
    trustedProxies = [],
    burstLimit = 0,
  } = options;
  const readDisk = watchDisk(options.directories ?? []);
  const readStatus = shareFor(STATUS_FRESH_MS, () =>
    measureStatus({ db, streamClients: () => hub.size, answers, measureApi: sampling.measure, readDisk }),
  );
  const streams = makeStreams({ db, logger, readStatus, codes: options.accounts?.codes });
  const { hub } = streams;
  await hub.start();
  const poke = (): void => void hub.poke();
  const watch = watchEvents({ connection, logger, onChange: poke });
  const timer = setInterval(poke, POLL_MS);
  const prefix = `utxoiq:${hub.streamId}:${VERSION}`;
  const answers = cache.openAnswerCache({ redisUrl: options.redisUrl, prefix, logger });
  const accounts = openAccounts({
    ...(options.accounts ?? WITHOUT_ACCOUNTS),
    db,
    instanceKey: secrets.instanceKey,
    onFault: (error) => logger.error({ err: error }, "a letter could not be sent"),
  });
  const app = await buildApp({
    db,
    host,
    logger,
    streams,
    secrets,
    accounts,
    guests,
    trustedProxies,
    burstLimit,
    readStatus,
    answers,
    transactionLink: options.transactionLink,
    corsOrigins: options.corsOrigins ?? [],
    webRoot,
  });
  const remind = () =>
    Promise.all([
      remindOfKeys(accounts),
      access.accounts.forgetUsage(db),
      access.accounts.forgetSessions(db),
      access.forgetOperatorSessions(db),
      access.forgetWindows(db),
      access.accounts.forgetOldAttempts(db),
      access.accounts.forgetUnconfirmed(db),
    ]).catch((error: unknown) => logger.warn({ code: codeOf(error) }, "keys and sessions were not looked after"));
  const reminding = setInterval(() => void remind(), REMIND_EVERY_MS).unref();
  void remind();
  const sampling = sampleSystem({
    app,
    db,
    logger,
    streamClients: () => hub.size,
    takeEventLag: () => hub.takeLag(),
  });
  try {
    await app.listen({ host, port });
  } catch (error) {
    clearInterval(timer);
    clearInterval(reminding);
    sampling.stop();
    answers.close();
    await watch.close();
    throw listenError(error, host, port);
  }
  return {
    url: urlOf(host, app.server.address(), port),
    stop: async () => {
      clearInterval(timer);
      clearInterval(reminding);
      sampling.stop();
      await watch.close();
      streams.connections.endAll();
      await closeSoon(app);
      await streams.connections.giveBack();
      answers.close();
    },
  };
}

/** Requests that are being answered are answered first, those that take too long are broken off. */
async function closeSoon(app: App): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  await app.close();
  clearTimeout(timer);
}

function urlOf(host: string, address: ReturnType<Server["address"]>, port: number): string {
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const name = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host;
  return `http://${name}:${actual}`;
}

/** One measurement for everyone who asks while it runs and shortly after. */
function shareFor<Measured>(freshMs: number, measure: () => Promise<Measured>): () => Promise<Measured> {
  let shared: { at: number; measured: Promise<Measured> } | undefined;
  return () => {
    const now = performance.now();
    if (shared === undefined || now - shared.at > freshMs) shared = { at: now, measured: measure() };
    return shared.measured;
  };
}
