import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Of the disk that the data directory lies on, where a small one can be mounted. */
const DISK_MEGABYTES = 900;

export type Ground = {
  /** Of everything that a run leaves. */
  readonly place: string;
  /** The disturbed program's. */
  readonly dataDir: string;
  /** Whether the data directory lies on a small disk of its own, which can be filled. */
  readonly smallDisk: boolean;
  readonly clear: () => void;
};

/** Folders of a run. A disk can be mounted by root alone, and not in every container. */
export function layGround(): Ground {
  const place = mkdtempSync(join(tmpdir(), "utxoiq-chaos-"));
  // Root's database server runs as another user, who has to come by.
  chmodSync(place, 0o755);
  const disk = join(place, "disk");
  mkdirSync(disk);
  const options = `size=${DISK_MEGABYTES}m,mode=755`;
  const smallDisk = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]).status === 0;
  const clear = (): void => {
    if (smallDisk) spawnSync("umount", ["--lazy", disk]);
    if (existsSync(place)) rmSync(place, { recursive: true, force: true });
  };
  return { place, dataDir: join(disk, "data"), smallDisk, clear };
}
