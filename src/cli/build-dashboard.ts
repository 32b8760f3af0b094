import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AppError } from "#lib";

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const WEB_ROOT = root("web/dist");

/**
 * Builds the page where it is missing or older than its sources; a checkout without sources is served as it is.
 * The builder has a process group of its own, so that a terminal's Ctrl-C reaches this process alone.
 */
export async function buildDashboard(signal: AbortSignal): Promise<void> {
  const script = root("scripts/build-web.ts");
  if (!existsSync(script)) return;
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "ignore", "pipe"], detached: true });
  const giveUp = (): void => void child.kill();
  signal.addEventListener("abort", giveUp);
  let complaint = "";
  child.stderr.on("data", (bytes) => {
    complaint += String(bytes);
  });
  const [status] = await once(child, "close");
  signal.removeEventListener("abort", giveUp);
  if (status === 0 || signal.aborted) return;
  throw new AppError("CLI_DASHBOARD_BUILD", `the dashboard could not be built:\n${complaint.trim()}`);
}
