import { open } from "node:fs/promises";

/** Has what was written to a file, or which names stand in a directory, on the disk: still there when the power has gone. */
export async function syncPath(path: string): Promise<void> {
  await using handle = await open(path, "r");
  await handle.sync();
}
