/** What every error of ours tells: a stable code, what we were doing, and whether trying again can help. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

type AppErrorOptions = {
  cause?: unknown;
  details?: ErrorDetails;
  retryable?: boolean;
};

export class AppError extends Error {
  readonly code: string;
  readonly details: ErrorDetails;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? {};
    this.retryable = options.retryable ?? false;
  }
}

/** A promise the program makes to itself was broken: the role stops, because late is better than wrong. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AppError("LIB_INVARIANT", message);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of one of our errors or of a Node system error (`ENOENT`, `EADDRINUSE`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
