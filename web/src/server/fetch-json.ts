import type { Problem } from "#contract";

/** The server answered, but not with what was asked for; `message` is its own sentence. */
class RequestError extends Error {
  readonly status: number;
  readonly code: string | undefined;

  constructor(status: number, { message, code }: { readonly message: string; readonly code: string | undefined }) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.code = code;
  }
}

/** The code of the problem that was answered; `undefined` of any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof RequestError ? error.code : undefined;
}

const MOST_TRIES = 3;

/** What the server refuses it refuses again; what failed on the way, or in the server, is tried once more. */
export function isWorthTrying(failures: number, error: unknown): boolean {
  const refused = error instanceof RequestError && error.status >= 400 && error.status < 500;
  return !refused && failures < MOST_TRIES - 1;
}

/** Whether there is nothing under the id that was asked for, or it can be none; asking again does not change that. */
export function isMissing(error: unknown): boolean {
  return error instanceof RequestError && (error.status === 404 || error.status === 400);
}

/** What a browser says of a server that does not answer differs, and tells nobody anything. */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    throw error instanceof TypeError ? new Error("the server does not answer", { cause: error }) : error;
  }
}

/** The answer is what the contract says: the server checks it against the same schema before it sends. */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, { signal: signal ?? null, headers: { accept: "application/json" } });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as T;
}

export async function failureOf(response: Response): Promise<Error> {
  return new RequestError(response.status, await readProblem(response));
}

async function readProblem(response: Response) {
  const fallback = `the server answered ${response.status}`;
  if (!response.headers.get("content-type")?.includes("json")) return { message: fallback, code: undefined };
  const { detail, title, code } = (await response.json()) as Partial<Problem>;
  return { message: detail ?? title ?? fallback, code };
}
