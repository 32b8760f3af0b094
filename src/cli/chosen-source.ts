import { openSealed } from "#auth";
import type { Config } from "#config";
import { AppError } from "#lib";
import { type Database, settings } from "#store";

/** What was chosen on the page, and when. */
export type SourceChoice = {
  /** As `--source` says it. */
  readonly source: string;
  readonly historyBlocks: number | undefined;
  readonly at: Date;
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
  return { source: text, historyBlocks: blocks === undefined ? undefined : Number(blocks), at: source.changedAt };
}

function sealedElsewhere(): AppError {
  const message =
    "The source that was chosen on the page was sealed with another instance key; give the same UTXOIQ_INSTANCE_KEY again, or name the source with --source.";
  return new AppError("CLI_CHOICE_SEALED", message);
}
