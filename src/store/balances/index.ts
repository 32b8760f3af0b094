/** Opening balances, as UTXO snapshots gave them. */
export { listOpeningBalances, listUtxoSnapshots, type StoredUtxoSnapshot } from "./list-utxo-snapshots.ts";
export { saveUtxoSnapshot } from "./save-utxo-snapshot.ts";
export type { EntityBalance, ScriptBalance, UtxoSnapshot } from "./utxo-snapshot.ts";
