import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChainSource, openSource } from "#chain";
import type { Config, Flags } from "#config";
import type { LabelLookup } from "#features";
import { labelsOfVersion, recomputeRows, stagedRecordOf } from "#ingest";
import type { BundleRow, InsightBundle } from "#insights";
import { AppError } from "#lib";
import { refuseOtherChain } from "#store";
import { chooseSource } from "../choose-source.ts";
import { labelsOfFiles } from "../labels-of-files.ts";
import { type NetworkStore, openStoredNetwork } from "../open-network-store.ts";
import { addSettings } from "../add-command.ts";
import { STORE_SETTINGS } from "../settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "../store-command.ts";
import { bundleOfStore, readBundle } from "./bundle-origin.ts";
import { checkBundle } from "./check-bundle.ts";
import { describeCheck, jsonOfCheck } from "./describe-check.ts";

export type VerifyFlags = {
  readonly file?: string;
  /** Whether the blocks of the source are read, too. */
  readonly blocks?: boolean;
  readonly labels?: readonly string[];
  readonly json?: boolean;
};

export const complete: Complete = (command, surroundings) => {
  addSettings(command, [...STORE_SETTINGS, "historyBlocks", "requestRate", "backfill"])
    .argument("[insight]", "its id; the bundle is made of what this database holds")
    .option("--file <bundle>", "by a bundle of GET /api/v1/insights/{id}/bundle, without a database")
    .option("--blocks", "read the blocks of --source, too, and compute the bundle's rows anew")
    .option("--labels <file...>", "with --file and --blocks: label files beside the built-in labels")
    .option("--json", "one JSON object")
    .action((id: string | undefined, flags: Flags & VerifyFlags) => {
      const stored = storeCommandOf(surroundings)(flags);
      // Progress does not belong among results.
      return verifyInsight(flags.json === true ? { ...stored, terminal: surroundings.aside() } : stored, id, flags);
    });
};

type Recompute = (bundle: InsightBundle) => Promise<readonly BundleRow[]>;

/**
 * `utxoiq verify`: computes an insight again from the rows of its bundle, and these from blocks where it is told to; says
 * identical, or fails and says where it differs.
 */
export async function verifyInsight(command: StoreCommand, id: string | undefined, flags: VerifyFlags): Promise<void> {
  if (flags.file !== undefined) {
    const bundle = await readBundle(flags.file, id);
    return tell(command, bundle, { flags, recompute: (of) => recomputeAlone(command, of, flags.labels ?? []) });
  }
  if (id === undefined) {
    throw new AppError("CLI_INSIGHT_MISSING", "Which insight? Name its id, or a bundle of it with --file.");
  }
  const store = await openStoredNetwork(command);
  try {
    const bundle = await bundleOfStore(store.db, id);
    await tell(command, bundle, { flags, recompute: (of) => recomputeByStore(command, of, store) });
  } finally {
    await store.close();
  }
}

async function tell(
  { write, terminal }: StoreCommand,
  bundle: InsightBundle,
  { flags, recompute }: { readonly flags: VerifyFlags; readonly recompute: Recompute },
): Promise<void> {
  const check = checkBundle(bundle, flags.blocks === true ? await recompute(bundle) : undefined);
  if (flags.json === true) write(jsonOfCheck(check));
  else for (const [label, text] of describeCheck(check)) terminal.line(label, text);
  if (check.isIdentical) return;
  throw new AppError(
    "CLI_INSIGHT_DIFFERS",
    `Insight ${bundle.insight.id} does not follow from its bundle as it stands.`,
  );
}

/** By the labels that the bundle's node had when it read each row. */
async function recomputeByStore(command: StoreCommand, bundle: InsightBundle, { db }: NetworkStore) {
  const { config, terminal, signal } = command;
  const { spec, options } = await chooseSource(config, terminal, signal);
  const base = bundle.base.block ?? undefined;
  const source = await openSource(spec, { ...options, resumeFrom: base, record: stagedRecordOf(db) }, signal);
  const { network, chainId } = source;
  return closing(source, async () => {
    await refuseOtherChain(db, { network: network.name, chainId, simulated: network.simulated });
    const known = new Map<number, Promise<LabelLookup>>();
    const labelsOf = (version: number): Promise<LabelLookup> => {
      const labels = known.get(version) ?? labelsOfVersion(db, source, version);
      known.set(version, labels);
      return labels;
    };
    return recomputeRows({ source, bundle, labelsOf, ...watching(command) });
  });
}

/** By the built-in labels, those of the source and of files. */
async function recomputeAlone(command: StoreCommand, bundle: InsightBundle, files: readonly string[]) {
  const { config, terminal, signal } = command;
  const { spec, dataDir, options } = await chooseSource(configOf(config, bundle), terminal, signal);
  return withSnapshots(dataDir, options.snapshotDir, async (snapshotDir) => {
    const resumeFrom = bundle.base.block ?? undefined;
    const source = await openSource(spec, { ...options, snapshotDir, resumeFrom }, signal);
    return closing(source, async () => {
      const labels = await labelsOfFiles(source, files);
      return recomputeRows({ source, bundle, labelsOf: async () => labels, ...watching(command) });
    });
  });
}

/** What a simulation keeps lies in the data directory; where there is none, a check leaves none behind. */
async function withSnapshots<Result>(
  dataDir: string,
  snapshotDir: string,
  work: (snapshotDir: string) => Promise<Result>,
): Promise<Result> {
  if (existsSync(dataDir)) return work(snapshotDir);
  const directory = await mkdtemp(join(tmpdir(), "utxoiq-verify-"));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The bundle tells the network of a directory. */
function configOf(config: Config, { chain }: InsightBundle): Config {
  return config.networkSaid ? config : { ...config, network: chain.network };
}

function watching({ terminal, signal }: StoreCommand) {
  const onProgress = (progress: { done: number; total: number }): void => terminal.progress("Blocks", progress);
  return { onProgress, signal };
}

async function closing<Result>(source: ChainSource, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } finally {
    await source.close();
  }
}
