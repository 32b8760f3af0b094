import { readFileSync } from "node:fs";
import { codeOf } from "#lib";

/** A process such that a later one with the same pid is not mistaken for it. */
export type ProcessIdentity = {
  readonly pid: number;
  /** Boot and start time of the process where the system tells (`/proc`), otherwise `null`. */
  readonly startTime: string | null;
};

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) };
}

export function isAlive(identity: ProcessIdentity): boolean {
  if (!exists(identity.pid) || isZombie(identity.pid)) return false;
  const startTime = startTimeOf(identity.pid);
  return identity.startTime === null || startTime === null || startTime === identity.startTime;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, it is only not ours.
    return codeOf(error) === "EPERM";
  }
}

/** State and the fields after it; the command before them may itself hold spaces and brackets. */
function statFields(pid: number): readonly string[] | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

function isZombie(pid: number): boolean {
  return statFields(pid)?.[0] === "Z";
}

function startTimeOf(pid: number): string | null {
  const ticks = statFields(pid)?.[19];
  const boot = readIfThere("/proc/sys/kernel/random/boot_id")?.trim();
  return ticks === undefined || boot === undefined ? null : `${boot}:${ticks}`;
}

/** Without `/proc` (macOS), or when the process just ended, there is nothing to read. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return undefined;
    throw error;
  }
}
