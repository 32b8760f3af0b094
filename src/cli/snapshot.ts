import { resolve } from "node:path";
import { type Config, type Flags, readConfig } from "#config";
import {
  CurrentLabels,
  type ImportedSnapshot,
  importSnapshot,
  readSnapshotHeader,
  type SnapshotProgress,
} from "#ingest";
import { balances as storedBalances } from "#store";
import { describeBalances, describeSnapshot } from "./describe-snapshot.ts";
import { openLog, openStore } from "./open-store.ts";
import { addCommand } from "./add-command.ts";
import { parseHeight } from "./parse-argument.ts";
import { DATABASE_SETTINGS } from "./settings-of-commands.ts";
import type { Complete } from "./store-command.ts";
import type { Terminal } from "./terminal.ts";

type ImportOptions = {
  readonly file: string;
  /** Of the base block, where the person says it. */
  readonly height: number | undefined;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

export const complete: Complete = (snapshot, { terminal, write, signal }) => {
  const importing = "store what entities and large scripts hold by the file, in place of an earlier import of it";
  addCommand(snapshot, "import <file>", { sentence: importing, settings: DATABASE_SETTINGS })
    .option("--height <number>", "the height of the snapshot's base block, which the file does not tell", parseHeight)
    .action((file: string, flags: Flags & { height?: number }) =>
      importSnapshotFile(readConfig(flags), { file, height: flags.height, terminal: terminal(), signal }),
    );
  const showing = "print the snapshots that were imported and who held what";
  addCommand(snapshot, "show", { sentence: showing, settings: ["network", ...DATABASE_SETTINGS] })
    .option("--json", "one JSON object per snapshot and line, with all balances")
    .action((flags: Flags & { json?: boolean }) =>
      showSnapshots(readConfig(flags), { json: flags.json ?? false, write }),
    );
};

/** `utxoiq snapshot import`: what entities and large scripts hold by a file of Bitcoin Core's `dumptxoutset`. */
export async function importSnapshotFile(config: Config, options: ImportOptions): Promise<void> {
  const { file, height, terminal, signal } = options;
  const { network, baseHash, coins } = await readSnapshotHeader(file);
  const dataDir = config.data ?? resolve("data", network.name);
  terminal.line("Snapshot", `${coins.toLocaleString("en")} coins of ${network.name} at block ${baseHash}`);
  const store = await openStore(config, dataDir, openLog(config, dataDir));
  try {
    const labels = await (await CurrentLabels.open(store.db, { network, pools: [] })).newest();
    const onProgress = (progress: SnapshotProgress): void => tellProgress(terminal, progress);
    const imported = await importSnapshot({ db: store.db, path: file, labels, height, signal, onProgress });
    if (imported === undefined) terminal.line("Stopped", "nothing was stored");
    else tellImported(terminal, imported, dataDir);
  } finally {
    await store.close();
  }
}

function tellProgress(terminal: Terminal, { pass, bytes, size }: SnapshotProgress): void {
  const label = pass === 1 ? "Summing" : "Searching";
  const megabytes = (count: number): number => Math.ceil(count / 1e6);
  terminal.progress(label, { done: megabytes(bytes), total: megabytes(size), unit: "MB" });
}

function tellImported(terminal: Terminal, imported: ImportedSnapshot, dataDir: string): void {
  const { header, totals, height, labelVersion } = imported;
  const { maxHeight, ...rest } = totals;
  const snapshot = { baseHash: header.baseHash, height, maxCoinHeight: maxHeight, ...rest, labelVersion };
  for (const [label, text] of [...describeSnapshot(snapshot), ...describeBalances(imported)])
    terminal.line(label, text);
  terminal.line("Stored", `in ${dataDir}; utxoiq snapshot show tells who holds what`);
}

type ShowOptions = { readonly json: boolean; readonly write: (text: string) => void };

/** `utxoiq snapshot show`: the snapshots that were imported and who held what. */
export async function showSnapshots(config: Config, { json, write }: ShowOptions): Promise<void> {
  const dataDir = config.data ?? resolve("data", config.network);
  const { db, close } = await openStore(config, dataDir, openLog(config, dataDir));
  try {
    const snapshots = await storedBalances.listUtxoSnapshots(db);
    if (snapshots.length === 0 && !json)
      write(`No UTXO snapshot is stored in ${dataDir}; utxoiq snapshot import reads one.`);
    for (const snapshot of snapshots) {
      const balances = await storedBalances.listOpeningBalances(db, snapshot.baseHash);
      if (json) {
        const scripts = balances.scripts.map((one) => ({ ...one, script: Buffer.from(one.script).toString("hex") }));
        write(JSON.stringify({ ...snapshot, entities: balances.entities, scripts }));
        continue;
      }
      const lines = [...describeSnapshot(snapshot), ...describeBalances(balances, { each: true })];
      write(lines.map(([label, text]) => `${label.padEnd(LABEL_WIDTH)} ${text}`).join("\n"));
    }
  } finally {
    await close();
  }
}

const LABEL_WIDTH = 11;
