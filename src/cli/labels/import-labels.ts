import { isLabelKind, LABEL_KINDS, type LabelKind, readLabelFiles } from "#labels";
import { AppError, sha256 } from "#lib";
import { importLabels, type LabelImportResult } from "#store";
import type { Terminal } from "../terminal.ts";
import { openNetworkStore } from "../open-network-store.ts";
import type { StoreCommand } from "../store-command.ts";

export type ImportFlags = {
  readonly skipRefused?: boolean;
  readonly actor?: string;
  readonly kind?: string;
};

const TOLD_EVERY = 100_000;

/** `utxoiq labels import`: files into the store, all of them or none. */
export async function importLabelFiles(
  command: StoreCommand,
  paths: readonly string[],
  flags: ImportFlags,
): Promise<void> {
  const { terminal, signal } = command;
  const kind = readKind(flags.kind);
  const store = await openNetworkStore(command);
  try {
    const files = readLabelFiles(paths, {
      network: store.network,
      sha256,
      actor: flags.actor,
      kind,
      skipRefused: flags.skipRefused ?? false,
    });
    const onStaged = (labels: number): void => {
      signal.throwIfAborted();
      if (labels > 0 && labels % TOLD_EVERY === 0) terminal.line("Read", count(labels, "label"));
    };
    const result = await importLabels(store.db, { files: files.names, labels: files.labels, onStaged });
    report(terminal, result, files.names);
    reportLeftOut(terminal, files.report);
  } finally {
    await store.close();
  }
}

export function readKind(text: string | undefined): LabelKind | undefined {
  if (text === undefined || isLabelKind(text)) return text;
  throw new AppError("CLI_UNKNOWN_KIND", `--kind is "${text}", expected one of ${LABEL_KINDS.join(", ")}`);
}

function report(terminal: Terminal, result: LabelImportResult, names: readonly string[]): void {
  const { version, added, changed, unchanged, removed, repeated, conflicts } = result;
  const isNew = added + changed + removed > 0;
  terminal.line("Labels", `${isNew ? "now at" : "still at"} version ${version}, from ${count(names.length, "file")}`);
  terminal.line("Changes", `${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed`);
  if (repeated > 0) terminal.line("Repeated", `${count(repeated, "label")} said again in the same file`);
  if (conflicts > 0) {
    terminal.line(
      "Conflicts",
      `${conflicts} of these are claimed for several entities; utxoiq labels check lists them`,
    );
  }
}

type LeftOut = ReturnType<typeof readLabelFiles>["report"];

function reportLeftOut(terminal: Terminal, { refused, otherCurrencies }: LeftOut): void {
  const others = [...otherCurrencies.values()].reduce((sum, labels) => sum + labels, 0);
  const most = [...otherCurrencies].sort(([, left], [, right]) => right - left).slice(0, 5);
  if (others > 0) {
    const named = most.map(([name, labels]) => `${name} ${labels}`).join(", ");
    const more = otherCurrencies.size > most.length ? ", …" : "";
    terminal.line("Left out", `${count(others, "label")} of other currencies (${named}${more})`);
  }
  if (refused.length > 0) terminal.line("Refused", `${count(refused.length, "line")}:`);
  for (const { file, line, reason } of refused) terminal.line("", `${file}:${line}: ${reason}`);
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}
