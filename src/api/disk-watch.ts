import type { MonitoringStatus } from "#contract";
import { codeOf } from "#lib";
import { measures } from "#store";

type DiskUse = NonNullable<MonitoringStatus["disk"]>[number];

/** A directory, and what belongs to it and may lie elsewhere. */
export type WatchedDirectory = { readonly name: DiskUse["name"]; readonly paths: readonly string[] };

export type DiskMeasure = {
  readonly at: Date;
  /** To count all files. */
  readonly tookMs: number;
  readonly uses: readonly DiskUse[];
  /** Why they are not all. */
  readonly failure: string | null;
};

/** To count the files of a large database takes a while. */
const FRESH_MS = 30_000;

/** Measures the directories when it is asked, at most twice a minute; who asks meanwhile gets what was measured last. */
export function watchDisk(directories: readonly WatchedDirectory[]): () => Promise<DiskMeasure | undefined> {
  if (directories.length === 0) return () => Promise.resolve(undefined);
  let newest: Promise<DiskMeasure> | undefined;
  let begun = 0;
  return () => {
    if (newest === undefined || performance.now() - begun > FRESH_MS) {
      begun = performance.now();
      const measuring = measureAll(directories);
      newest ??= measuring;
      void measuring.then(() => (newest = measuring));
    }
    return newest;
  };
}

async function measureAll(directories: readonly WatchedDirectory[]): Promise<DiskMeasure> {
  const begun = performance.now();
  const uses: DiskUse[] = [];
  let failure: string | null = null;
  for (const { name, paths } of directories) {
    try {
      const use = await measures.measureDisk(paths);
      if (use !== undefined) uses.push({ name, ...use });
    } catch (error) {
      // Where they lie is nobody else's affair.
      failure = `${name} cannot be measured (${codeOf(error) ?? "unknown"})`;
    }
  }
  return { at: new Date(), tookMs: performance.now() - begun, uses, failure };
}
