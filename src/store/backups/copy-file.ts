import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

const PIECE_BYTES = 2 ** 18;

/** Copies a file and tells what it held; who writes to it meanwhile is made good by the log of changes. */
export async function copyFile(from: string, to: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  await using source = await open(from, "r");
  await using target = await open(to, "w", 0o600);
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let size = 0;
  for (;;) {
    const { bytesRead } = await source.read(piece, 0, piece.length);
    if (bytesRead === 0) return { size, sha256: hash.digest("hex") };
    const read = piece.subarray(0, bytesRead);
    hash.update(read);
    await target.writeFile(read);
    size += bytesRead;
  }
}
