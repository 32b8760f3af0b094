import { useQuery } from "@tanstack/react-query";
import type { MonitoringStatus } from "#contract";
import { monitoringStatus } from "../server/queries.ts";

/** One part of the newest status; the caller is drawn again only when that part changes. */
export function useStatus<T>(select: (status: MonitoringStatus) => T): T | undefined {
  return useQuery({ ...monitoringStatus, select }).data;
}
