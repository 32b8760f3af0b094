import type { Flags } from "#config";
import type { Entity } from "#features";
import { listTransfers, type StoredTransfer } from "#store";
import { btc } from "./describe-flow.ts";
import { type HeightFlags, readHeights } from "./flows.ts";
import { AS_OF, findVersion } from "./labels/as-of.ts";
import { openStoredNetwork } from "./open-network-store.ts";
import { addSettings } from "./add-command.ts";
import { parseHeight } from "./parse-argument.ts";
import { STORE_SETTINGS } from "./settings-of-commands.ts";
import { type Complete, type StoreCommand, storeCommandOf } from "./store-command.ts";

export type TransferFlags = HeightFlags & { readonly watched?: boolean; readonly asOf?: string };

export const complete: Complete = (command, surroundings) => {
  addSettings(command, STORE_SETTINGS)
    .option("--watched", "those of whom is watched alone")
    .option(...AS_OF)
    .option("--from <height>", "from this block on", parseHeight)
    .option("--to <height>", "up to this block", parseHeight)
    .option("--json", "one JSON object a line")
    .action((flags: Flags & TransferFlags) => transfers(storeCommandOf(surroundings)(flags), flags));
};

/** `utxoiq transfers`: the transfers that were kept, with their parties as far as labels tell. */
export async function transfers(command: StoreCommand, flags: TransferFlags): Promise<void> {
  const heights = readHeights(flags);
  const store = await openStoredNetwork(command);
  try {
    const { watched = false, json = false } = flags;
    const labelVersion = await findVersion(store, flags.asOf);
    const found = await listTransfers(store.db, { ...heights, watched, labelVersion });
    for (const transfer of found) command.write(json ? JSON.stringify(jsonOf(transfer)) : describe(transfer));
    if (found.length === 0 && !json)
      command.terminal.line("Transfers", `none ${watched ? "of whom is watched " : ""}in the stored blocks`);
  } finally {
    await store.close();
  }
}

function describe(transfer: StoredTransfer): string {
  const { height, txid, value, from, to, toAddress, kind, coinAgeDays, watched } = transfer;
  const parts = [
    `${btc(value)} BTC`,
    `${nameOf(from) ?? "somebody"} to ${nameOf(to) ?? toAddress ?? "a script without address"}`,
    ...(kind === null ? [] : [kind]),
    ...(coinAgeDays === null ? [] : [`coins ${coinAgeDays.toFixed(1)} days old`]),
    ...(watched ? ["watched"] : []),
  ];
  return `${String(height).padStart(7)}  ${txid}  ${parts.join(", ")}`;
}

function nameOf(entity: Entity | null): string | undefined {
  return entity === null ? undefined : `${entity.actor} (${entity.kind})`;
}

function jsonOf({ blockHash, txIndex, toAddress, toValue, totalIn, totalOut, coinAgeDays, ...rest }: StoredTransfer) {
  return {
    ...rest,
    blockhash: blockHash,
    tx_index: txIndex,
    total_in: totalIn,
    total_out: totalOut,
    to_address: toAddress,
    to_value: toValue,
    coin_age_days: coinAgeDays,
  };
}
