import { queryOptions } from "@tanstack/react-query";
import type { setup } from "#contract";
import { fetchJson } from "../server/fetch-json.ts";

const EVERY_MS = 2_000;

/** Which source is read, and how far reading is. */
export const setupNow = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => fetchJson<setup.SetupState>("/api/v1/setup", signal),
  refetchInterval: EVERY_MS,
});
