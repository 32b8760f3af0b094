import { type ApiOptions, startApi } from "#api";
import type { Secrets } from "#auth";
import type { RoleDeps, RunningRole } from "./role.ts";

export type ApiRoleOptions = RoleDeps & {
  readonly host: string;
  readonly port: number;
  readonly webRoot: string;
  readonly secrets: Secrets;
} & Pick<
    ApiOptions,
    | "accounts"
    | "guests"
    | "trustedProxies"
    | "burstLimit"
    | "redisUrl"
    | "transactionLink"
    | "corsOrigins"
    | "directories"
  >;

/** Serves the API, the streams and the dashboard. */
export async function startApiRole(options: ApiRoleOptions): Promise<RunningRole & { readonly url: string }> {
  const api = await startApi(options);
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  return {
    url: api.url,
    finished,
    stop: async () => {
      await api.stop();
      resolve();
    },
  };
}
