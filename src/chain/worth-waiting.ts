import { AppError } from "#lib";

/** A server that is not there now, has too much to do or is still starting; a wrong password does not pass by itself. */
const PASSES: ReadonlySet<string> = new Set([
  "CHAIN_RPC_UNREACHABLE",
  "CHAIN_RPC_TIMEOUT",
  "CHAIN_RPC_BUSY",
  "CHAIN_RPC_WARMING_UP",
  "CHAIN_ESPLORA_UNREACHABLE",
  "CHAIN_ESPLORA_FAILED",
  "CHAIN_ESPLORA_BUSY",
  "CHAIN_NO_SOURCE",
  "CHAIN_FAILOVER_NONE",
]);

/** Whether a source that could not be opened may well be later, with nobody doing anything here. */
export function isWorthWaitingFor(error: unknown): error is AppError {
  return error instanceof AppError && error.retryable && PASSES.has(error.code);
}
