import { openSealed, sealText } from "#auth";
import { describeSpec, parseSourceSpec } from "#chain";
import type { Config } from "#config";
import { AppError } from "#lib";
import { type Database, settings } from "#store";

/** What was chosen on the page, and when. */
export type SourceChoice = {
  /** As `--source` says it. */
  readonly source: string;
  readonly historyBlocks: number | undefined;
  readonly at: Date;
  readonly by: string;
};

/** What is started: the settings of the process, and the choice that led to this data directory. */
export type Run = { readonly config: Config; readonly choice: SourceChoice | undefined };

/** The settings with the choice in place: of another source than theirs, where to start is part of it. */
export function configOf({ config, choice }: Run): Config {
  if (choice === undefined) return config;
  return { ...config, source: choice.source, historyBlocks: choice.historyBlocks ?? config.historyBlocks };
}

/**
 * The choice that this database tells of, where it is younger than the one that led here: a choice of another network
 * leads to another data directory, and its own choices are younger, so this comes to an end.
 */
export async function findYoungerChoice(
  db: Database,
  { config, choice }: Run,
  instanceKey: () => Uint8Array,
): Promise<SourceChoice | undefined> {
  if (config.sourceSaid) return undefined;
  const stored = await settings.readSettings(db);
  const source = stored.get("source");
  if (source === undefined || (choice !== undefined && source.changedAt <= choice.at)) return undefined;
  const text = openSealed(instanceKey(), "setting", source.value);
  if (text === undefined) throw sealedElsewhere();
  const blocks = stored.get("historyBlocks")?.value;
  const { changedAt: at, changedBy: by } = source;
  return { source: text, historyBlocks: blocks === undefined ? undefined : Number(blocks), at, by };
}

/** The database that a choice led to tells of it as well; one that was made there is younger, and stays. */
export async function keepChoice(db: Database, choice: SourceChoice, instanceKey: () => Uint8Array): Promise<void> {
  const { source, historyBlocks, at, by } = choice;
  const stored = (await settings.readSettings(db)).get("source");
  if (stored !== undefined && stored.changedAt >= at) return;
  const changes = [
    { name: "source", value: sealText(instanceKey(), "setting", source), sealed: true },
    { name: "historyBlocks", value: historyBlocks === undefined ? null : String(historyBlocks), sealed: false },
    { name: "sourceShown", value: describeSpec(parseSourceSpec(source)), sealed: false },
  ];
  await settings.saveSettings(db, changes, { by, at });
}

function sealedElsewhere(): AppError {
  const message =
    "The source that was chosen on the page was sealed with another instance key; give the same UTXOIQ_INSTANCE_KEY again, or name the source with --source.";
  return new AppError("CLI_CHOICE_SEALED", message);
}
