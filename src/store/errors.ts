import { AppError } from "#lib";
import type { LockHolder } from "./data-directory/lock-file.ts";

/** A chain as a database knows it. */
export type ChainIdentity = { readonly network: string; readonly chainId: string; readonly simulated: boolean };

export function dataDirectoryError(message: string, cause?: unknown): AppError {
  return new AppError("STORE_DATA_DIRECTORY", message, { cause });
}

export function alreadyRunning(dataDir: string, holder: LockHolder): AppError {
  const at = holder.url === null ? "" : ` at ${holder.url}`;
  const message = `utxoIQ is already running on ${dataDir} as process ${holder.pid}${at}.`;
  return new AppError("STORE_ALREADY_RUNNING", message, { details: { pid: holder.pid, url: holder.url } });
}

/** The PostgreSQL that comes along could not be made ready. */
export function embeddedServerError(message: string, cause?: unknown): AppError {
  return new AppError("STORE_EMBEDDED_SERVER", message, { cause });
}

export function unreachable(where: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError("STORE_UNREACHABLE", `The database ${where} cannot be reached: ${reason}`, {
    cause,
    retryable: true,
  });
}

export function migrationError(message: string): AppError {
  return new AppError("STORE_MIGRATION", message);
}

export function otherChain(held: ChainIdentity, asked: ChainIdentity): AppError {
  const directory = ["data/", asked.network, ...simulationOf(asked).map((part) => `-${part}`)].join("");
  const message = `This database holds ${nameOf(held)}, not ${nameOf(asked)}; each chain needs a database of its own, e.g. --data ${directory}`;
  return new AppError("STORE_OTHER_CHAIN", message, { details: { held: held.chainId, asked: asked.chainId } });
}

/** A genesis hash says nothing that the network's name does not. */
function nameOf(chain: ChainIdentity): string {
  if (/^[0-9a-f]{64}$/.test(chain.chainId)) return chain.network;
  const [seed, density] = simulationOf(chain);
  if (seed === undefined) return `${chain.network} (${chain.chainId})`;
  return `${chain.network} (seed ${seed}${density === undefined ? "" : `, ${density} density`})`;
}

/** Seed and, where it is not the usual one, density: `simnet:<seed>[:<density>]:<hash of its first block>`. */
function simulationOf({ chainId }: ChainIdentity): string[] {
  const [, seed, density] = /^simnet:(\d+)(?::([a-z]+))?:[0-9a-f]{64}$/.exec(chainId) ?? [];
  return [seed, density].filter((part) => part !== undefined);
}

type Place = { readonly height: number; readonly hash: string };

export function notNextBlock(tip: Place | undefined, block: Place & { readonly prevHash: string }): AppError {
  const stored = tip === undefined ? "no block is stored" : `the stored tip is ${placeOf(tip)}`;
  const message = `Block ${placeOf(block)} on ${block.prevHash} is not the next one: ${stored}.`;
  return new AppError("STORE_NOT_NEXT_BLOCK", message, { details: { height: block.height, hash: block.hash } });
}

export function notTip(tip: Place | undefined, block: Place): AppError {
  const stored = tip === undefined ? "no block is stored" : `the stored tip is ${placeOf(tip)}`;
  return new AppError("STORE_NOT_TIP", `Block ${placeOf(block)} cannot be rolled back: ${stored}.`);
}

function placeOf(place: Place): string {
  return `${place.height} (${place.hash})`;
}

export function ingestRunning(): AppError {
  return new AppError("STORE_INGEST_RUNNING", "Another process is ingesting into this database; only one can.");
}

export function unsafeInteger(text: string): AppError {
  return new AppError(
    "STORE_UNSAFE_INTEGER",
    `The database holds ${text}, which no JavaScript number can hold exactly.`,
  );
}

export function labelVersionUnknown(version: number, newest: number): AppError {
  const message = `There is no version ${version} of the labels; the newest is ${newest}.`;
  return new AppError("STORE_LABEL_VERSION", message, { details: { version, newest } });
}

/** Nobody took the command in time. */
export function commandExpired(withinMs: number): AppError {
  const message = `ingest is not running: nobody took the command within ${withinMs / 1_000} s.`;
  return new AppError("STORE_COMMAND_EXPIRED", message, { retryable: true });
}

/** Whoever took the command says nothing. */
export function commandUnanswered(withinMs: number): AppError {
  const message = `ingest has taken the command and not answered within ${withinMs / 1_000} s; whether it was carried out is not known.`;
  return new AppError("STORE_COMMAND_UNANSWERED", message);
}
