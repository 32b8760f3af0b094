import { existsSync } from "node:fs";
import { createOperatorCode, openInstanceKey } from "#auth";
import { parseSourceSpec } from "#chain";
import type { Flags } from "#config";
import { findRunningUrl } from "#store";
import { chooseSource, dataDirOf } from "./choose-source.ts";
import { noDataDirectory } from "./may-hold-database.ts";
import { addSettings } from "./add-command.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "./store-command.ts";

export const complete: Complete = (command, surroundings) => {
  addSettings(command, ["source", "network", "data", "port", "instanceKey"]).action((flags: Flags) =>
    printOperatorLink(storeCommandOf(surroundings)(flags)),
  );
};

/** `utxoiq operator`: whoever can read the instance's key can make a link, whether the server runs or not. */
export async function printOperatorLink({
  config,
  networkGiven,
  terminal,
  signal,
  write,
}: StoreCommand): Promise<void> {
  const known = config.data ?? (networkGiven ? dataDirOf(config, parseSourceSpec(config.source), config.network) : "");
  const dataDir = known === "" ? (await chooseSource(config, terminal, signal)).dataDir : known;
  if (!existsSync(dataDir)) throw noDataDirectory(dataDir);
  const code = createOperatorCode(openInstanceKey(dataDir, config.instanceKey), Date.now() / 1_000);
  // Where nothing runs yet, the next start is taken to be as this command was told.
  write(`${findRunningUrl(dataDir) ?? `http://localhost:${config.port}`}/operator?code=${code}`);
}
