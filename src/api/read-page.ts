import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, codeOf } from "#lib";

/** The built page, read each time: it may be built anew while the server runs. */
export async function readPage(webRoot: string): Promise<string> {
  return readFile(join(webRoot, "index.html"), "utf8").catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new AppError("API_DASHBOARD_NOT_BUILT", "the dashboard is not built: run npm run build");
  });
}
