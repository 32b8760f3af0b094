import { join } from "node:path";
import { type ApiOptions, assertPortFree } from "#api";
import { createOperatorCode, drawSecrets, openInstanceKey, openSealed } from "#auth";
import { removeOperatorToken, writeOperatorToken } from "#auth";
import { NETWORKS } from "#bitcoin";
import { type ChainSource, describeSpec, openDirectory, parseSourceSpec, type SourceHealth } from "#chain";
import { type Config, type Flags, readConfig, type SettingName, SETTINGS } from "#config";
import type { PriceFile, SetUp, Writer } from "#ingest";
import type { Publication } from "#insights";
import { type AppError, codeOf, type Logger, messageOf, untilAborted, VERSION } from "#lib";
import { openMail } from "#mail";
import { type RunningRole, startApiRole, startBackfillRole, startBackups, startIngestRole } from "#roles";
import { acquireInstanceLock, embedded, findChain } from "#store";
import { buildDashboard, WEB_ROOT } from "./build-dashboard.ts";
import { askForBackfill, chooseForStart, type ChosenSource } from "./choose-source.ts";
import { configOf, findYoungerChoice, keepChoice, type Run } from "./chosen-source.ts";
import { openLanguageModel } from "./open-language-model.ts";
import { openPriceFile, tellOfPrices } from "./open-price-file.ts";
import { openLog, openStore, type OpenStore } from "./open-store.ts";
import { publicationOf } from "./publication-of.ts";
import type { Terminal } from "./terminal.ts";
import { addSettings } from "./add-command.ts";
import type { Complete } from "./store-command.ts";

/** A role that does not end in so long is left behind; the process ends anyway and the next start recovers. */
const STOP_WITHIN_MS = 4_500;
const BEGIN_ANEW_WITHIN_MS = 60_000;

export const complete: Complete = (command, { terminal, signal }) => {
  addSettings(command, Object.keys(SETTINGS) as SettingName[]).action((flags: Flags) =>
    start(readConfig(flags), terminal(), signal),
  );
};

/** `utxoiq start`: all asked roles in this process until the signal is aborted; anew whenever another source is chosen. */
export async function start(config: Config, terminal: Terminal, signal: AbortSignal): Promise<void> {
  let run: Run | undefined = { config, choice: undefined };
  while (run !== undefined) run = await startRun(run, terminal, signal);
}

/** What is to be started next, where a choice was found or made; else `undefined`. */
async function startRun(run: Run, terminal: Terminal, signal: AbortSignal): Promise<Run | undefined> {
  const config = configOf(run);
  const serves = config.roles.includes("api");
  const ingests = config.roles.includes("ingest");
  terminal.line("utxoIQ", `${VERSION} · ${ingests ? describeSpec(parseSourceSpec(config.source)) : "the page alone"}`);
  const prices = await openPriceFile(config, terminal);
  const publication = publicationOf(config);
  const writer = ingests ? await openLanguageModel(config, terminal) : undefined;
  const { trouble, ...chosen } = await chooseForStart(config, terminal, signal);
  const { spec, dataDir } = chosen;
  const asks = ingests && trouble === undefined;
  const allowBackfill = asks
    ? await askForBackfill(chosen, config, { terminal, signal })
    : chosen.options.allowBackfill;
  if (ingests && spec.kind === "dir") await openDirectory(spec.path, NETWORKS[chosen.options.network]);
  const url = serves ? `http://localhost:${config.port}` : null;
  const instance = acquireInstanceLock(dataDir, { roles: config.roles, url });
  let next: Run | undefined;
  try {
    if (serves) await assertPortFree(config.host, config.port);
    const logger = openLog(config, dataDir);
    logger.info({ version: VERSION, source: describeSpec(spec), roles: config.roles, pid: process.pid }, "start");
    await loggingFailure(logger, async () => {
      // The two take a second or more each and do not need one another.
      const build = serves ? buildDashboard(signal) : Promise.resolve();
      const store = await bothOrNeither(openStore(config, dataDir, logger), build);
      const instanceKey = once(() => openInstanceKey(dataDir, config.instanceKey));
      const choice = await closingOnFailure(store, () => findYoungerChoice(store.db, run, instanceKey));
      if (choice !== undefined) {
        await store.close();
        next = { ...run, choice };
        return;
      }
      const { choice: made } = run;
      if (made !== undefined) await closingOnFailure(store, () => keepChoice(store.db, made, instanceKey));
      const held = await holdingChain(store, trouble);
      if (!signal.aborted) terminal.line("Database", `ready in ${dataDir}${ingests ? "" : `, holds ${held}`}`);
      const options = { ...chosen.options, allowBackfill };
      next = await runRoles({
        run,
        config,
        instanceKey,
        chosen: { ...chosen, options },
        prices,
        publication,
        writer,
        store,
        logger,
        terminal,
        signal,
      });
    });
    if (next === undefined) terminal.line("Stopped", "the next start goes on from here");
    else terminal.line("Chosen", "on the page: another source, with which it begins anew");
    return next;
  } finally {
    instance.release();
  }
}

async function closingOnFailure<Result>(store: OpenStore, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The terminal is told by whoever called; the log is what is left of it tomorrow. */
async function loggingFailure(logger: Logger, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    logger.info("stop");
  } catch (error) {
    logger.fatal({ code: codeOf(error), reason: messageOf(error) }, "stop");
    throw error;
  } finally {
    logger.flush();
  }
}

/**
 * What the store holds, for a person. Without a block of it there is no reason to wait for a source that is not there,
 * which may be mistyped; one that is starting is.
 */
async function holdingChain(store: OpenStore, trouble: AppError | undefined): Promise<string> {
  const chain = await findChain(store.db);
  if (chain === undefined && trouble !== undefined && trouble.code !== "CHAIN_RPC_WARMING_UP") {
    await store.close();
    throw trouble;
  }
  return chain?.network ?? "no block yet";
}

async function bothOrNeither(store: Promise<OpenStore>, other: Promise<void>): Promise<OpenStore> {
  const [opened, done] = await Promise.allSettled([store, other]);
  if (opened.status === "rejected") throw opened.reason;
  if (done.status === "rejected") {
    await opened.value.close();
    throw done.reason;
  }
  return opened.value;
}

const READY = { chain: "following the tip, new insights appear on the page", set: "all blocks are read" } as const;

/** Blocks that take more than a moment. */
const LONG_HISTORY = 200;

type Running = {
  readonly run: Run;
  /** With the choice in place. */
  readonly config: Config;
  readonly instanceKey: () => Uint8Array;
  readonly chosen: ChosenSource;
  readonly prices: PriceFile | undefined;
  readonly publication: Publication;
  readonly writer: Writer | undefined;
  readonly store: OpenStore;
  readonly logger: Logger;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** What is to be started next, where another source was chosen meanwhile. */
async function runRoles(running: Running): Promise<Run | undefined> {
  const { run, store, signal, instanceKey } = running;
  const roles: StartedRole[] = [];
  const chosen = Promise.withResolvers<void>();
  let withinMs = STOP_WITHIN_MS;
  try {
    if (!signal.aborted) await startRoles(running, roles, chosen.resolve);
    await Promise.race([untilAborted(signal), chosen.promise, ...roles.map(({ finished }) => finished)]);
    const choice = signal.aborted ? undefined : await findYoungerChoice(store.db, run, instanceKey);
    if (choice === undefined) return undefined;
    // Whoever begins anew needs the port and the data directory.
    withinMs = BEGIN_ANEW_WITHIN_MS;
    return { config: { ...run.config, port: portOf(roles) ?? run.config.port }, choice };
  } finally {
    await within(withinMs, async () => {
      for (const role of roles.toReversed()) await role.stop();
      await store.close();
    });
  }
}

type StartedRole = RunningRole & { readonly url?: string };

/** Where a free one was asked for, the page stays where it is. */
function portOf(roles: readonly StartedRole[]): number | undefined {
  const url = roles.find(({ url }) => url !== undefined)?.url;
  return url === undefined ? undefined : Number(new URL(url).port);
}

async function startRoles(running: Running, roles: StartedRole[], onChosen: () => void): Promise<void> {
  const { config, chosen, prices: file, publication, writer, store, logger, terminal, signal } = running;
  let kind: ChainSource["kind"] | undefined;
  const tellReady = once(() => terminal.line("Ready", `${READY[kind ?? "chain"]}; Ctrl-C stops`));
  const deps = { db: store.db, connection: store.connection, logger };
  if (config.backups !== undefined) roles.push(startBackups({ ...deps, plan: config.backups }));
  else if (store.owned) await embedded.endBackups(store.db);
  if (config.roles.includes("api")) {
    roles.push(await serve(running));
  }
  if (config.roles.includes("backfill") && !signal.aborted) {
    const { spec, options: sourceOptions } = chosen;
    const { workers, backfillRate: blocksPerSecond, retention } = config;
    const limits = { workers, blocksPerSecond, retention, publication };
    roles.push(await startBackfillRole({ ...deps, spec, sourceOptions, prices: file, ...limits }));
  }
  if (config.roles.includes("ingest") && !signal.aborted) {
    const { spec, options: sourceOptions } = chosen;
    const tellOrder = once(() =>
      terminal.line("History", "is read oldest block first; the page can be used and fills meanwhile"),
    );
    const onProgress = (progress: { done: number; total: number }): void => {
      if (progress.total > LONG_HISTORY && config.roles.includes("api")) tellOrder();
      terminal.progress("Blocks", progress);
      if (progress.done >= progress.total) tellReady();
    };
    const onOpened = (source: Pick<ChainSource, "kind" | "description">): void => {
      kind = source.kind;
      logger.info({ source: source.description }, "the source is open");
      terminal.line("Source", source.description);
    };
    const onHealth = ({ state, reason }: SourceHealth): void => {
      if (kind === undefined) terminal.line("Waiting", `${reason ?? describeSpec(spec)}; it is asked again and again`);
      else terminal.line("Source", reason === null ? "healthy again" : `${state}: ${reason}`);
    };
    const onShortHistory = (first: number): void =>
      terminal.line("History", `blocks are stored from ${first} on; --history-blocks counts at first start alone`);
    const prices = file && { file, ...tellOfPrices(terminal) };
    const { mempoolRetentionDays } = config;
    const told = { onOpened, onShortHistory, onHealth, onProgress };
    roles.push(
      await startIngestRole({
        ...deps,
        spec,
        sourceOptions,
        mempoolRetentionDays,
        prices,
        publication,
        writer,
        setUp: setUpOf(running, onChosen),
        ...told,
      }),
    );
  }
}

/** What choosing another source takes. */
function setUpOf({ config, instanceKey }: Running, onChosen: () => void): SetUp {
  const { sourceSaid, network: ofDirectory, requestRate: requestsPerSecond, data, databaseUrl, roles } = config;
  return {
    unseal: (sealed) => openSealed(instanceKey(), "setting", sealed),
    sourceSaid,
    // Where other processes share the database, they would be left behind.
    mayLeaveDatabase: data === undefined && databaseUrl === undefined && roles.includes("api"),
    ofDirectory,
    requestsPerSecond,
    onChosen,
  };
}

/** The api role, with a token in the data directory for the operator's scripts and a link for the operator's browser. */
async function serve(running: Running): Promise<StartedRole> {
  const { config, chosen, store, logger, terminal } = running;
  const { dataDir } = chosen;
  const instanceKey = running.instanceKey();
  const secrets = { ...drawSecrets(), instanceKey };
  const { host, port, trustedProxies, burstLimit, redisUrl, transactionLink, corsOrigins } = config;
  const { guests, ...accounts } = config.accounts;
  const mail = openMail({ ...config.mail, logger });
  const shown = { transactionLink, corsOrigins };
  const options = {
    guests,
    trustedProxies,
    burstLimit,
    redisUrl,
    ...shown,
    directories: directoriesOf(running),
    accounts: { ...accounts, mailsLetters: mail.leaves, sendLetter: mail.send },
  };
  const deps = { db: store.db, connection: store.connection, logger };
  const api = await startApiRole({ ...deps, ...options, host, port, webRoot: WEB_ROOT, secrets });
  writeOperatorToken(dataDir, secrets.operatorToken);
  terminal.line("Dashboard", `${api.url}/dashboard`);
  terminal.line("Operator", `${api.url}/operator?code=${createOperatorCode(instanceKey, Date.now() / 1_000)}`);
  terminal.line("", "makes the browser that opens it first the operator's, within 15 minutes");
  if (config.accounts.guests !== "all" && !mail.leaves) {
    terminal.line("Mail", "no mail server is set (--smtp-url): letters and their links are written into utxoiq.log");
  }
  return {
    ...api,
    stop: async () => {
      removeOperatorToken(dataDir, secrets.operatorToken);
      await api.stop();
    },
  };
}

/** What takes room on disks, as far as it is here. */
function directoriesOf({ config, chosen, store }: Running): NonNullable<ApiOptions["directories"]> {
  const { dataDir } = chosen;
  const { backups } = config;
  const data = {
    name: "data",
    paths: store.clusterDir === undefined ? [dataDir] : [dataDir, store.clusterDir],
  } as const;
  if (backups === undefined) return [data];
  const { toDir } = backups;
  return [data, { name: "backups", paths: [toDir] }, { name: "log", paths: [join(toDir, embedded.LOG_DIRECTORY)] }];
}

async function within(durationMs: number, work: () => Promise<void>): Promise<void> {
  const { promise: late, resolve: giveUp } = Promise.withResolvers<void>();
  const timer = setTimeout(giveUp, durationMs);
  await Promise.race([work(), late]);
  clearTimeout(timer);
}

function once<Result>(work: () => Result): () => Result {
  let done: { readonly result: Result } | undefined;
  return () => (done ??= { result: work() }).result;
}
