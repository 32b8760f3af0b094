import { CompressedReader } from "../compressed-reader.ts";
import { type BlockHash, displayHex } from "../hashes.ts";
import { type Network, NETWORKS } from "../networks.ts";

/** What a UTXO snapshot says of itself. Of its height it says nothing. */
export type SnapshotHeader = {
  readonly network: Network;
  /** The block after which the set was like this. */
  readonly baseHash: BlockHash;
  /** Unspent outputs. */
  readonly coins: number;
};

/** "utxo" and 0xff. */
const MAGIC = [0x75, 0x74, 0x78, 0x6f, 0xff] as const;

const VERSION = 2;

/** Bytes: magic, version, network, base block, number of coins. */
export const SNAPSHOT_HEADER_SIZE = MAGIC.length + 2 + 4 + 32 + 8;

/**
 * The beginning of what `dumptxoutset` of Core 28 and newer writes. Source: Core `node/utxo_snapshot.h`.
 * @throws ParseError with field and byte offset
 */
export function parseSnapshotHeader(bytes: Uint8Array): SnapshotHeader {
  return readSnapshotHeader(new CompressedReader(bytes, { name: "UTXO snapshot", path: () => [] }));
}

export function readSnapshotHeader(reader: CompressedReader): SnapshotHeader {
  const start = reader.skip(SNAPSHOT_HEADER_SIZE, "header");
  const { bytes, view } = reader;
  if (MAGIC.some((byte, index) => bytes[start + index] !== byte)) {
    reader.fail("magic", "is not that of a snapshot which dumptxoutset of Bitcoin Core 28 or newer wrote", start);
  }
  const version = view.getUint16(start + 5, true);
  if (version !== VERSION) reader.fail("version", `is ${version}, only ${VERSION} is known here`, start + 5);
  const magic = view.getUint32(start + 7, true);
  const network = Object.values(NETWORKS).find((known) => known.magic === magic && !known.simulated);
  if (network === undefined) {
    reader.fail("network", `0x${magic.toString(16).padStart(8, "0")} is the magic of no network known here`, start + 7);
  }
  const coins = view.getUint32(start + 47, true) * 0x1_0000_0000 + view.getUint32(start + 43, true);
  if (!Number.isSafeInteger(coins)) reader.fail("number of coins", "is larger than any set", start + 43);
  return { network, baseHash: displayHex(bytes.subarray(start + 11, start + 43)) as BlockHash, coins };
}
