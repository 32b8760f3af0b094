import { afterAll, beforeAll } from "vitest";
import { type ApiOptions, type RunningApi, startApi } from "#api";
import { createLogger } from "#lib";
import type { TestDatabase } from "./database.ts";

/** Where the API of a test file is asked. */
export type TestApi = { readonly url: string };

/** The API over a test's database, on a port of its own, from the first test of the file to the last. */
export function runTestApi({ db, connection }: TestDatabase, options: Partial<ApiOptions> = {}): TestApi {
  const logger = createLogger(undefined, "silent");
  let api: RunningApi | undefined;
  beforeAll(async () => {
    api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none", ...options });
  });
  afterAll(() => api?.stop());
  return {
    get url() {
      if (api === undefined) throw new Error("the API runs from the first test on");
      return api.url.replace("localhost", "127.0.0.1");
    },
  };
}
