import type { components } from "./api-types.ts";

/** RFC 9457, as the server tells what went wrong. */
export type Problem = components["schemas"]["Problem"];

/** An answer of 400 and more. `code` is stable, `message` is for a person, and `requestId` finds it in the server's log. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** Which fields of the request are wrong, where they are. */
  readonly fields: NonNullable<Problem["errors"]>;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? `the server answered ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = problem.code ?? "UNKNOWN";
    this.requestId = problem.requestId;
    this.fields = problem.errors ?? [];
  }
}

/** Of an answer that may come from something before the server, a proxy that tells no problem. */
export async function apiErrorOf(response: Response): Promise<ApiError> {
  const type = response.headers.get("content-type") ?? "";
  const problem: unknown = type.includes("json") ? await bodyOf(response) : {};
  return new ApiError(response.status, typeof problem === "object" && problem !== null ? problem : {});
}

/** What is empty or cut off tells nothing more than its status. */
function bodyOf(response: Response): Promise<unknown> {
  return response
    .clone()
    .json()
    .catch(() => ({}));
}
