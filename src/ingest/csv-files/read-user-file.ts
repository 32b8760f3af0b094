import { readFile, stat } from "node:fs/promises";
import { type AppError, codeOf, messageOf } from "#lib";

/** Prices of 200 years have 3 MB, a hundred columns over a hundred years 40 MB. */
const LARGEST = 64_000_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it does not exist",
  EACCES: "permission denied",
};

/**
 * The bytes of a file that a user names.
 * @param unreadable makes the error for a reason
 */
export async function readUserFile(
  path: string,
  unreadable: (path: string, reason: string, cause: unknown) => AppError,
): Promise<Buffer> {
  try {
    const file = await stat(path);
    if (!file.isFile()) throw new Error("it is no file");
    if (file.size > LARGEST) throw new Error(`it has ${file.size.toLocaleString("en-US")} bytes`);
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, REASONS[codeOf(error) ?? ""] ?? messageOf(error), error);
  }
}
