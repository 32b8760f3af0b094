import { formatCount, formatDecimals } from "./numbers.ts";

/** As disks are sold: a gigabyte is a thousand megabytes. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e12) return `${formatDecimals(bytes / 1e12, 1)} TB`;
  return bytes >= 1e9 ? `${formatDecimals(bytes / 1e9, 1)} GB` : `${formatCount(bytes / 1e6)} MB`;
}
