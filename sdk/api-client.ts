import createClient, { type Client } from "openapi-fetch";
import { apiErrorOf } from "./api-error.ts";
import type { paths } from "./api-types.ts";
import { retryingFetch } from "./retrying-fetch.ts";

export type ApiClientOptions = {
  /** Of the server, such as `http://localhost:3000`. */
  readonly url: string;
  /** An API key, a token of a session, or what lies in `operator.token` of the data directory. */
  readonly token?: string;
  /** Attempts after the first, of requests that change nothing; 3 where nothing is said. */
  readonly retries?: number;
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly wait?: (ms: number) => Promise<void>;
};

export type ApiClient = Client<paths>;

/** All routes by their path, typed as the server describes them. What is refused is thrown as an `ApiError`. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, token, retries = 3, fetch = (request) => globalThis.fetch(request), wait = waitFor } = options;
  const client = createClient<paths>({
    baseUrl: url.replace(/\/+$/, ""),
    fetch: retryingFetch({ fetch, retries, wait }),
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
  client.use({
    onResponse: async ({ response }) => {
      if (!response.ok && response.status !== 304) throw await apiErrorOf(response);
    },
  });
  return client;
}

/** What was answered: what was refused has been thrown before. */
export function dataOf<Data>({ data }: { readonly data?: Data }): Data {
  if (data === undefined) throw new TypeError("the answer has no body");
  return data;
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
