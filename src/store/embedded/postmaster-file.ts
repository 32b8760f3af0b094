import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "#lib";

/** What PostgreSQL itself writes about the server that runs on a cluster. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketDir: string };

function readPostmaster(clusterDir: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n");
    const [pid, , , port, socketDir] = lines;
    if (pid === undefined || port === undefined || socketDir === undefined) return undefined;
    return { pid: Number(pid), port: Number(port), socketDir };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The server on this cluster, if its process is really there: after a crash the pid may be anybody's. */
export function findPostmaster(clusterDir: string): Postmaster | undefined {
  const postmaster = readPostmaster(clusterDir);
  return postmaster !== undefined && servesCluster(postmaster.pid, clusterDir) ? postmaster : undefined;
}

/** The command line, and not `/proc/<pid>/cwd`: that is closed to root in a container without CAP_SYS_PTRACE. */
function servesCluster(pid: number, clusterDir: string): boolean {
  return commandLine(pid).includes(clusterDir);
}

function commandLine(pid: number): string {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return "";
    throw error;
  }
}
