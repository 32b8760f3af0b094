import type { Problem } from "#contract";
import { AppError, codeOf } from "#lib";

/** The only table of HTTP statuses: what each code means to a client. A code that is not here is a 500. */
const STATUSES: Readonly<Record<string, { status: number; title: string }>> = {
  API_BAD_REQUEST: { status: 400, title: "Bad request" },
  API_CODE_REFUSED: { status: 401, title: "Unauthorized" },
  AUTH_SIGN_IN_REFUSED: { status: 401, title: "Unauthorized" },
  AUTH_KEPT_OUT: { status: 403, title: "Forbidden" },
  AUTH_EMAIL_UNVERIFIED: { status: 403, title: "Forbidden" },
  AUTH_REGISTRATION_CLOSED: { status: 403, title: "Forbidden" },
  AUTH_WRONG_PASSWORD: { status: 403, title: "Forbidden" },
  AUTH_WRONG_CODE: { status: 403, title: "Forbidden" },
  AUTH_SIGN_IN_AGAIN: { status: 403, title: "Forbidden" },
  AUTH_PASSKEY_REFUSED: { status: 403, title: "Forbidden" },
  AUTH_LAST_WAY_IN: { status: 409, title: "Conflict" },
  AUTH_NO_SUCH_METHOD: { status: 404, title: "Not found" },
  AUTH_NO_SUCH_PASSKEY: { status: 404, title: "Not found" },
  AUTH_SECOND_FACTOR_ON: { status: 409, title: "Conflict" },
  AUTH_NO_SECOND_FACTOR: { status: 409, title: "Conflict" },
  AUTH_TOKEN_REFUSED: { status: 403, title: "Forbidden" },
  AUTH_NO_SUCH_ACCOUNT: { status: 403, title: "Forbidden" },
  AUTH_NO_SUCH_PROVIDER: { status: 404, title: "Not found" },
  AUTH_PROVIDER_UNREACHABLE: { status: 503, title: "Provider unreachable" },
  AUTH_LINK_REFUSED: { status: 400, title: "Bad request" },
  AUTH_WEAK_PASSWORD: { status: 400, title: "Bad request" },
  AUTH_CODES_NEEDED: { status: 403, title: "Forbidden" },
  AUTH_EMAIL_TAKEN: { status: 409, title: "Conflict" },
  AUTH_TOO_MANY_KEYS: { status: 409, title: "Conflict" },
  AUTH_NO_SUCH_KEY: { status: 404, title: "Not found" },
  AUTH_TOO_MANY_SIGN_INS: { status: 429, title: "Too many requests" },
  MAIL_NOT_SENT: { status: 503, title: "Mail not sent" },
  API_LAST_ADMIN: { status: 409, title: "Conflict" },
  API_PERSON_NOT_FOUND: { status: 404, title: "Not found" },
  API_INVITATION_NOT_FOUND: { status: 404, title: "Not found" },
  API_SESSION_NOT_FOUND: { status: 404, title: "Not found" },
  API_UNAUTHORIZED: { status: 401, title: "Unauthorized" },
  API_FORBIDDEN: { status: 403, title: "Forbidden" },
  API_ROUTE_NOT_FOUND: { status: 404, title: "Not found" },
  API_BLOCK_NOT_FOUND: { status: 404, title: "Not found" },
  API_BRIEF_NOT_FOUND: { status: 404, title: "Not found" },
  API_ENTITY_NOT_FOUND: { status: 404, title: "Not found" },
  API_COMMENT_NOT_FOUND: { status: 404, title: "Not found" },
  API_INSIGHT_WITHOUT_PICTURE: { status: 404, title: "Not found" },
  API_INSIGHT_NOT_FOUND: { status: 404, title: "Not found" },
  API_MEMPOOL_UNKNOWN: { status: 404, title: "Not found" },
  API_METRIC_NOT_FOUND: { status: 404, title: "Not found" },
  API_TRANSACTION_NOT_FOUND: { status: 404, title: "Not found" },
  STORE_LABEL_VERSION: { status: 400, title: "Bad request" },
  STORE_BACKFILL_UNKNOWN: { status: 404, title: "Not found" },
  STORE_BACKFILL_RANGE: { status: 400, title: "Bad request" },
  STORE_BACKFILL_STATE: { status: 409, title: "Conflict" },
  API_REQUEST_RUNNING: { status: 409, title: "Conflict" },
  API_TOLD_ONCE: { status: 409, title: "Conflict" },
  API_EXPORT_TOO_LARGE: { status: 403, title: "Forbidden" },
  API_OTHER_REQUEST: { status: 422, title: "Unprocessable content" },
  API_SOURCE_REFUSED: { status: 409, title: "Source refused" },
  STORE_COMMAND_EXPIRED: { status: 503, title: "Ingest not running" },
  STORE_COMMAND_UNANSWERED: { status: 503, title: "Ingest not answering" },
  API_INSIGHT_BLOCK_GONE: { status: 410, title: "Gone" },
  API_METHOD_NOT_ALLOWED: { status: 405, title: "Method not allowed" },
  API_REQUEST_TIMEOUT: { status: 408, title: "Request timeout" },
  API_ADDRESS_TOO_LONG: { status: 414, title: "URI too long" },
  API_UPGRADE_REQUIRED: { status: 426, title: "Upgrade required" },
  API_HEADERS_TOO_LARGE: { status: 431, title: "Request header fields too large" },
  API_STOPPING: { status: 503, title: "Stopping" },
  API_PAYLOAD_TOO_LARGE: { status: 413, title: "Payload too large" },
  API_TOO_MANY_STREAMS: { status: 429, title: "Too many streams" },
  API_TOO_MANY_REQUESTS: { status: 429, title: "Too many requests" },
  API_DASHBOARD_NOT_BUILT: { status: 503, title: "Dashboard not built" },
  API_OVERLOADED: { status: 503, title: "Overloaded" },
  API_NOT_READY: { status: 503, title: "Not ready" },
  API_DATABASE_UNAVAILABLE: { status: 503, title: "Database unavailable" },
  API_INTERNAL: { status: 500, title: "Internal error" },
};

const INTERNAL = { status: 500, title: "Internal error" };

export function codesOf(status: number): readonly string[] {
  return Object.keys(STATUSES).filter((code) => STATUSES[code]?.status === status);
}

export function statusOf(code: string): number {
  return (STATUSES[code] ?? INTERNAL).status;
}

type Place = { readonly instance: string; readonly requestId: string };

/** RFC 9457. What went wrong inside is logged, not told. */
export function problemOf(error: AppError, place: Place, errors?: Problem["errors"]): Problem {
  const { status, title } = STATUSES[error.code] ?? INTERNAL;
  return {
    type: "about:blank",
    title,
    status,
    detail: error.message,
    code: error.code,
    ...place,
    ...(errors === undefined ? {} : { errors }),
  };
}

/** PostgreSQL is gone, stopping or starting (SQLSTATE classes 08 and 57P), or its socket is. */
const DATABASE_GONE = /^(08...|57P0.|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/;

/** Any error as one of ours, with nothing in its message that a client should not see. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError && error.code in STATUSES) return error;
  const code = codeOf(error) ?? "";
  if (DATABASE_GONE.test(code) || code.startsWith("STORE_")) {
    return new AppError("API_DATABASE_UNAVAILABLE", "the database does not answer", { cause: error, retryable: true });
  }
  if (code === "FST_ERR_MAX_PARAM_LENGTH")
    return new AppError("API_ADDRESS_TOO_LONG", "a part of the address is too long", { cause: error });
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return new AppError("API_PAYLOAD_TOO_LARGE", "the request's body is too large", { cause: error });
  if (isClientError(error))
    return new AppError("API_BAD_REQUEST", "the request cannot be understood", { cause: error });
  return new AppError("API_INTERNAL", "something went wrong on our side; the log has it under this request id", {
    cause: error,
  });
}

function isClientError(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return false;
  return typeof error.statusCode === "number" && error.statusCode >= 400 && error.statusCode < 500;
}
