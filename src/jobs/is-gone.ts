import { hostname } from "node:os";
import { codeOf } from "#lib";

/** Whether a worker, named by machine and process, was on this machine and is no more. Of other machines nothing is known. */
export function isGone(worker: string): boolean {
  const [, host, process_] = /^(.*):(\d+)$/.exec(worker) ?? [];
  if (host !== hostname() || process_ === undefined) return false;
  try {
    process.kill(Number(process_), 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}
