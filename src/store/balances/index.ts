/** Who held what before the first stored block, by a UTXO snapshot. */
export { listOpeningBalances, listUtxoSnapshots, type StoredUtxoSnapshot } from "./list-utxo-snapshots.ts";
export { saveUtxoSnapshot } from "./save-utxo-snapshot.ts";
export type { EntityBalance, ScriptBalance, UtxoSnapshot } from "./utxo-snapshot.ts";
