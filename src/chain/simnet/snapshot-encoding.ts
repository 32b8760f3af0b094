import { type BlockHash, bytesFromDisplayHex, displayHex } from "#bitcoin";
import { sha256 } from "#lib";
import { type Coin, createEconomy, type Economy, type FeeDemand, type Wallet } from "./economy/index.ts";

/** Which economy a snapshot belongs to. */
export type SnapshotOwner = { readonly chainId: string; readonly seed: number };

type CoinRecord = [txid: string, outputIndex: number, value: number, height: number, keyIndex: number];
type WalletRecord = { nextKey: number; coins: CoinRecord[] };
type Snapshot = {
  chainId: string;
  height: number;
  tipHash: BlockHash | undefined;
  demand: FeeDemand;
  wallets: WalletRecord[];
};

const FORMAT = "utxoiq-simnet-snapshot-1";
const CHECKSUM_DIGITS = 64;

/** A line with format and checksum, then the state as JSON. Scripts are left out: they follow from their key numbers. */
export function encodeSnapshot(economy: Economy, chainId: string): string {
  const { height, tipHash, demand, people } = economy;
  const wallets = people.wallets.map(recordOf);
  const snapshot: Snapshot = { chainId, height, tipHash, demand, wallets };
  const body = JSON.stringify(snapshot);
  return `${FORMAT} ${checksumOf(body)}\n${body}`;
}

/** The economy as it was; undefined where the text is damaged, of another format or of another chain. */
export function decodeSnapshot(text: string, owner: SnapshotOwner): Economy | undefined {
  const bodyStart = FORMAT.length + CHECKSUM_DIGITS + 2;
  const body = text.slice(bodyStart);
  if (text.slice(0, bodyStart) !== `${FORMAT} ${checksumOf(body)}\n`) return undefined;
  // The checksum says that these are the bytes that encodeSnapshot wrote.
  const snapshot: Snapshot = JSON.parse(body);
  if (snapshot.chainId !== owner.chainId) return undefined;
  const economy = createEconomy(owner.seed);
  economy.height = snapshot.height;
  economy.tipHash = snapshot.tipHash;
  economy.demand = snapshot.demand;
  economy.people.wallets.forEach((wallet, walletId) => restore(wallet, snapshot.wallets[walletId]));
  return economy;
}

function recordOf(wallet: Wallet): WalletRecord {
  return { nextKey: wallet.nextKey, coins: wallet.coins.map(coinRecordOf) };
}

function coinRecordOf({ txid, outputIndex, value, height, script }: Coin): CoinRecord {
  return [displayHex(txid), outputIndex, value, height, script.keyIndex];
}

function restore(wallet: Wallet, record: WalletRecord | undefined): void {
  if (record === undefined) throw new RangeError("a snapshot of this chain has every wallet");
  const coins = record.coins.map(([txid, outputIndex, value, height, keyIndex]) => {
    return { txid: bytesFromDisplayHex(txid), outputIndex, value, height, keyIndex };
  });
  wallet.restore(record.nextKey, coins);
}

function checksumOf(body: string): string {
  return displayHex(sha256(new TextEncoder().encode(body)));
}
