import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import chromiumPackage from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

/** Chromium of the npm package; where that one cannot run, the system's; where neither can, an error, never a skip. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const complaints: string[] = [];
  for (const find of [() => chromiumPackage.executablePath(), findSystemChromium]) {
    try {
      return await launchOnceWritten(await find(), args);
    } catch (error) {
      complaints.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  }
  throw new Error(
    `no Chromium runs here: ${complaints.join("; ")}. Install Chromium (Debian: apt-get install chromium).`,
  );
}

const WRITTEN_WITHIN_MS = 20_000;

/** The package unpacks its file at first use; another test file may be at that just now. */
async function launchOnceWritten(executablePath: string, args: readonly string[]): Promise<Browser> {
  const deadline = performance.now() + WRITTEN_WITHIN_MS;
  for (;;) {
    try {
      return await launch(executablePath, args);
    } catch (error) {
      if (!String(error).includes("ETXTBSY") || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** As root, in a container or a CI, Chromium's sandbox cannot start. */
function launch(executablePath: string, args: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", ...args],
  });
}

async function findSystemChromium(): Promise<string> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (found === undefined) throw new Error(`none of ${SYSTEM_NAMES.join(", ")} is on the PATH`);
  return found;
}
