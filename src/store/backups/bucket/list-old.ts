import type { FoundBackup } from "../list-backups.ts";
import { firstSegmentOf } from "../log/choose-restore.ts";
import { parseSegment } from "../log/segments.ts";

type There = {
  /** In the bucket. */
  readonly names: readonly string[];
  readonly backups: readonly FoundBackup[];
  readonly keep: number;
};

/** Names in the bucket that the newest backups do not need, wherever these are; without one nothing is old. */
export function listOld({ names, backups, keep }: There): readonly string[] {
  const known = new Set([...names.flatMap((name) => backupOf(name) ?? []), ...backups.map(({ name }) => name)]);
  const [oldest] = [...known].toSorted().slice(-keep);
  if (oldest === undefined) return [];
  const manifest = backups.find(({ name }) => name === oldest)?.manifest;
  const first = manifest && firstSegmentOf(manifest)?.index;
  return names.filter((name) => {
    const backup = backupOf(name);
    if (backup !== undefined) return backup < oldest;
    const index = parseSegment(/^log\/([0-9A-F]{24})\./.exec(name)?.[1] ?? "")?.index;
    return index !== undefined && first !== undefined && index < first;
  });
}

function backupOf(name: string): string | undefined {
  return /^(backup-[\dTZ-]+)\//.exec(name)?.[1];
}
