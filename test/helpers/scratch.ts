import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

const GIB = 2 ** 30;
const IN_MEMORY = "/dev/shm";

/**
 * Gives all temporary files of this run a folder of its own, which `remove` empties: databases, bundles, logs. It lies in
 * memory where there is plenty, since what is written is of no interest after the run and a disk would be waited for.
 */
export function useScratch(): { remove: () => void } {
  const path = mkdtempSync(join(hasRoomInMemory() ? IN_MEMORY : tmpdir(), "utxoiq-test-"));
  // mkdtemp closes the directory; when root runs the tests, the server's user has to get in.
  chmodSync(path, 0o755);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = path;
  return {
    remove: () => {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= 2 * GIB && freemem() >= 4 * GIB;
  } catch {
    return false;
  }
}
