import { openSource } from "#chain";
import { chainOf, restateBlocks } from "#ingest";
import { claimChain, findFirstWithoutFlows, findLinkBelow, getLabelVersion } from "#store";
import { chooseSource } from "../choose-source.ts";
import { openLog, openStore, type OpenStore } from "../open-store.ts";
import type { StoreCommand } from "../store-command.ts";

/** `utxoiq labels restate`: flows and parties of stored blocks by the newest labels, beside what was said before. */
export async function restateLabels(command: StoreCommand, fromHeight: number): Promise<void> {
  const { config, terminal, signal } = command;
  const chosen = await chooseSource(config, terminal, signal);
  const store = await openStore(config, chosen.dataDir, openLog(config, chosen.dataDir));
  try {
    const isSet = chosen.spec.kind === "dir";
    const below = isSet ? [] : await findStart(store, fromHeight);
    if (below === undefined) {
      terminal.line("Restated", `nothing: every connected block from ${fromHeight} on has flows by the newest labels`);
      return;
    }
    const source = await openSource(chosen.spec, { ...chosen.options, resumeFrom: below.at(-1) });
    try {
      await claimChain(store.db, chainOf(source));
      const onProgress = (progress: { done: number; total: number }): void => terminal.progress("Blocks", progress);
      const { blocks, labelVersion } = await restateBlocks({
        source,
        db: store.db,
        fromHeight,
        below,
        onProgress,
        signal,
      });
      if (signal.aborted) terminal.line("Stopped", "run it again to go on");
      terminal.line("Restated", `${blocks} ${blocks === 1 ? "block" : "blocks"} by label version ${labelVersion}`);
    } finally {
      await source.close();
    }
  } finally {
    await store.close();
  }
}

/** What lies below the first block that has no flows by the newest labels; `undefined` where there is none. */
async function findStart({ db }: OpenStore, fromHeight: number) {
  const labelVersion = await getLabelVersion(db);
  const height = await findFirstWithoutFlows(db, { fromHeight, labelVersion });
  return height === undefined ? undefined : findLinkBelow(db, height);
}
