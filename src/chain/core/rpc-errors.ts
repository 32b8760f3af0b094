import { AppError, codeOf } from "#lib";

/** Codes of Core's `rpc/protocol.h` that mean something here. */
export const RPC_CODES = {
  misc: -1,
  unknownBlock: -5,
  invalidParameter: -8,
  warmingUp: -28,
  unknownMethod: -32_601,
  internal: -32_603,
} as const;

/** What the node said, short and harmless enough to be repeated in a message. */
export function quoted(text: string): string {
  const plain = text.replace(/[^\x20-\x7e\u2026]+/g, " ").trim();
  return plain.length <= 160 ? plain : `${plain.slice(0, 160)}…`;
}

/** Why there is no connection. */
const SILENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused; is bitcoind running, with server=1?",
  ENOTFOUND: "there is no host of this name",
  EAI_AGAIN: "its name cannot be looked up now",
  EHOSTUNREACH: "the host cannot be reached from here",
  ENETUNREACH: "the host cannot be reached from here",
  ETIMEDOUT: "no connection in time; is the port open for this machine?",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time; is the port open for this machine?",
};

/** Why a connection that there was gave no answer. */
const FAILED: Readonly<Record<string, string>> = {
  ECONNRESET: "it broke off",
  UND_ERR_SOCKET: "it broke off",
  UND_ERR_DESTROYED: "it was closed on this side",
  UND_ERR_CLOSED: "it was closed on this side",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "it broke off",
};

/** What went wrong with the connection, as opposed to what the node answered. */
export function connectionError(url: string, error: unknown): AppError {
  const code = codeOf(error) ?? "";
  if (code.startsWith("HPE_")) return badReply(url, "does not answer in HTTP", error);
  // Whoever closed it does not want it tried again.
  const closed = code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED";
  const silence = SILENT[code];
  const message =
    silence === undefined
      ? `The connection with ${url} failed: ${FAILED[code] ?? tlsReason(code) ?? code}`
      : `Nothing answers at ${url}: ${silence}`;
  return new AppError("CHAIN_RPC_UNREACHABLE", message, {
    cause: error,
    details: { reason: code },
    retryable: !closed,
  });
}

function tlsReason(code: string): string | undefined {
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return "it does not speak TLS there; http:// instead of https://?";
  return /CERT|SELF_SIGNED|ALTNAME/.test(code) ? `its certificate is not trusted (${code})` : undefined;
}

export function timeoutError(url: string, { what, timeoutMs }: { what: string; timeoutMs: number }): AppError {
  const message = `The node at ${url} did not answer ${what} within ${timeoutMs / 1_000} s.`;
  return new AppError("CHAIN_RPC_TIMEOUT", message, { details: { timeoutMs }, retryable: true });
}

type RefusedLogin = { readonly cookie: string | undefined; readonly workedBefore: boolean };

/** A login that worked before may do so again: a node that is being restarted has not written its new cookie yet. */
export function unauthorized(url: string, { cookie, workedBefore }: RefusedLogin): AppError {
  const wrong =
    cookie === undefined
      ? "wrong user or password (rpcuser and rpcpassword, or rpcauth, of its bitcoin.conf)"
      : `it does not accept the cookie ${cookie}; is that the cookie of this node?`;
  const message = `The node at ${url} refuses the login${workedBefore ? ", which worked before" : ""}: ${wrong}`;
  return new AppError("CHAIN_RPC_AUTH", message, { details: { status: 401 }, retryable: workedBefore });
}

export function forbidden(url: string, what: string): AppError {
  const message = `The node at ${url} refuses ${what} (HTTP 403): its rpcallowip leaves this machine out, or its rpcwhitelist this method.`;
  return new AppError("CHAIN_RPC_FORBIDDEN", message, { details: { status: 403 } });
}

/** REST asks for no login, so where JSON-RPC accepts ours, something that stands before the node keeps REST closed. */
export function isRestClosed(error: unknown): boolean {
  const code = codeOf(error);
  return code === "CHAIN_RPC_FORBIDDEN" || code === "CHAIN_RPC_AUTH";
}

/** 503: Core's own "Work queue depth exceeded", or a REST request while it is starting. */
export function unavailable(url: string, says: string): AppError {
  const warmingUp = /^Service temporarily unavailable: (.*)/.exec(says.trim())?.[1];
  if (warmingUp !== undefined) return stillLoading(url, warmingUp);
  const message = `The node at ${url} has too much to do (HTTP 503: ${quoted(says) || "no reason given"}). A larger rpcworkqueue or rpcthreads in its bitcoin.conf helps.`;
  return new AppError("CHAIN_RPC_BUSY", message, { details: { status: 503 }, retryable: true });
}

/** With the node's own words, which have a percentage where it knows one: "Verifying blocks… 43%". */
export function stillLoading(url: string, says: string): AppError {
  const percent = /(\d{1,3}) ?%/.exec(says)?.[1];
  const state = percent === undefined ? "is still loading blocks" : `is still loading blocks, ${percent} %`;
  return new AppError("CHAIN_RPC_WARMING_UP", `The node at ${url} ${state}: it says "${quoted(says)}"`, {
    details: { percent: percent === undefined ? null : Number(percent) },
    retryable: true,
  });
}

export type NodeError = { readonly code: number; readonly message: string };

/** An error that the node itself answered with. */
export function rpcError(url: string, method: string, { code, message }: NodeError): AppError {
  if (code === RPC_CODES.warmingUp) return stillLoading(url, message);
  const says = `The node at ${url} answers ${method} with an error: ${quoted(message)} (${code})`;
  return new AppError("CHAIN_RPC_ERROR", says, { details: { rpcCode: code, method } });
}

export function badReply(url: string, fault: string, cause?: unknown): AppError {
  const message = `What answers at ${url} ${fault}. Is it the RPC port of a Bitcoin node?`;
  return new AppError("CHAIN_RPC_BAD_REPLY", message, { cause, retryable: true });
}

/** An answer in good form whose content Core would not give. */
export function notLikeCore(what: string, cause?: unknown): AppError {
  const message = `The node does not answer as Bitcoin Core does: ${what}`;
  return new AppError("CHAIN_RPC_BAD_REPLY", message, { cause, retryable: true });
}

export function rpcCodeOf(error: unknown): number | undefined {
  if (!(error instanceof AppError) || error.code !== "CHAIN_RPC_ERROR") return undefined;
  const code = error.details["rpcCode"];
  return typeof code === "number" ? code : undefined;
}
