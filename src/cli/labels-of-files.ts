import type { ChainSource } from "#chain";
import { labelsOfSource } from "#ingest";
import { type CompiledLabels, createLabelCompiler, readLabelFiles } from "#labels";
import { sha256 } from "#lib";

/** Labels of files beside the built-in ones and those of the source, for this run alone. */
export async function labelsOfFiles(source: ChainSource, paths: readonly string[]): Promise<CompiledLabels> {
  const { network, pools } = source;
  const compiler = createLabelCompiler({ network, sha256 }, pools);
  for (const label of labelsOfSource(source)?.labels ?? []) compiler.add(label);
  for await (const label of readLabelFiles(paths, { network, sha256 }).labels) compiler.add(label);
  return compiler.finish(0);
}
