import { scriptOfAddress } from "#bitcoin";
import type { Label } from "#labels";
import { sha256 } from "#lib";
import { streamLabels, type StoredLabel } from "#store";
import { readKind } from "./import-labels.ts";
import { findVersion, readDay } from "./as-of.ts";
import { openNamedNetwork } from "../open-network-store.ts";
import type { StoreCommand } from "../store-command.ts";

export type ListFlags = {
  readonly actor?: string;
  readonly kind?: string;
  readonly address?: string;
  readonly asOf?: string;
  readonly validAt?: string;
  readonly json?: boolean;
};

/** `utxoiq labels list`: a line for each stored label, in the order in which they came in. */
export async function listLabels(command: StoreCommand, flags: ListFlags): Promise<void> {
  const kind = readKind(flags.kind);
  const validAt = readDay(flags.validAt);
  const store = await openNamedNetwork(command);
  try {
    const script = flags.address === undefined ? undefined : scriptOfAddress(flags.address, store.network, sha256);
    const version = await findVersion(store, flags.asOf);
    let found = 0;
    for await (const label of streamLabels(store.db, { version, actor: flags.actor, kind, script, validAt })) {
      if (command.signal.aborted) return;
      found += 1;
      command.write(flags.json === true ? jsonOf(label) : describeLabel(label));
      await command.drained();
    }
    if (found === 0 && flags.json !== true) {
      command.terminal.line("Labels", `none of these at version ${version} in the database of ${store.network.name}`);
    }
  } finally {
    await store.close();
  }
}

/** `utxoiq labels export`: the same as JSON lines, or as a table that `labels import` reads. */
export async function exportLabels(
  command: StoreCommand,
  flags: { readonly csv?: boolean; readonly asOf?: string },
): Promise<void> {
  const store = await openNamedNetwork(command);
  try {
    const version = await findVersion(store, flags.asOf);
    if (flags.csv === true) command.write(Object.values(CSV_COLUMNS).join(","));
    for await (const label of streamLabels(store.db, { version })) {
      if (command.signal.aborted) return;
      command.write(flags.csv === true ? csvOf(label) : jsonOf(label));
      await command.drained();
    }
  } finally {
    await store.close();
  }
}

export function describeLabel(label: StoredLabel): string {
  const { actor, name, kind, edited, file, source } = label;
  const parts = [
    `${nameTarget(label)}  ${name} (${kind})`,
    ...(actor === name ? [] : [`spelled ${actor}`]),
    ...describeValidity(label),
    ...(edited === null ? [] : [`edited ${edited}`]),
    file,
    ...(source === null ? [] : [source]),
  ];
  return parts.join(", ");
}

function describeValidity({ validFrom, validUntil }: Label): readonly string[] {
  if (validFrom === null && validUntil === null) return [];
  const from = validFrom === null ? "" : ` from ${validFrom}`;
  return [`valid${from}${validUntil === null ? "" : ` until ${validUntil}`}`];
}

export function nameTarget({ address, tag, script }: Pick<Label, "address" | "tag" | "script">): string {
  if (tag !== null) return `coinbase text ${JSON.stringify(tag)}`;
  return address ?? `script ${hexOf(script)}`;
}

function hexOf(script: Uint8Array | null): string {
  return Buffer.from(script ?? []).toString("hex");
}

function jsonOf({ script, ...label }: StoredLabel): string {
  return JSON.stringify({ ...label, script: script === null ? null : hexOf(script) });
}

/** The columns of a table by the fields that they hold. */
const CSV_COLUMNS = {
  address: "address",
  script: "script",
  tag: "tag",
  actor: "actor",
  kind: "kind",
  category: "category",
  label: "label",
  source: "source",
  edited: "edited",
  validFrom: "valid_from",
  validUntil: "valid_until",
  confidence: "confidence",
  abuse: "abuse",
  file: "file",
} as const satisfies Partial<Record<keyof Label, string>>;

const CSV_FIELDS = Object.keys(CSV_COLUMNS) as (keyof typeof CSV_COLUMNS)[];

function csvOf(label: StoredLabel): string {
  const script = label.tag === null && label.address === null ? hexOf(label.script) : "";
  return CSV_FIELDS.map((field) => quote(field === "script" ? script : (label[field] ?? ""))).join(",");
}

function quote(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
