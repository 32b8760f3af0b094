import { deserialize, serialize } from "node:v8";
import { displayHex } from "#bitcoin";
import { sha256 } from "#lib";
import { Random, type RandomState, type World } from "./economy/index.ts";

type Snapshot = { readonly chainId: string; readonly random: RandomState; readonly world: Omit<World, "random"> };

/** Engine and format: what another version of either wrote is not read. */
const FORMAT = `utxoiq-simnet-snapshot-2 v8-${process.versions.v8}`;
const CHECKSUM_DIGITS = 64;

/** A line with format and checksum, then the world as the engine writes any value. */
export function encodeSnapshot(world: World, chainId: string): Uint8Array {
  const { random, ...rest } = world;
  const snapshot: Snapshot = { chainId, random: random.state, world: rest };
  const body = serialize(snapshot);
  return Buffer.concat([Buffer.from(`${FORMAT} ${checksumOf(body)}\n`), body]);
}

/** The world as it was; undefined where the bytes are damaged, of another format or of another chain. */
export function decodeSnapshot(bytes: Uint8Array, chainId: string): World | undefined {
  const bodyStart = FORMAT.length + CHECKSUM_DIGITS + 2;
  const body = bytes.subarray(bodyStart);
  const head = Buffer.from(bytes.subarray(0, bodyStart)).toString("latin1");
  if (head !== `${FORMAT} ${checksumOf(body)}\n`) return undefined;
  // The checksum says that these are the bytes that encodeSnapshot wrote.
  const snapshot: Snapshot = deserialize(body);
  if (snapshot.chainId !== chainId) return undefined;
  return { ...snapshot.world, random: new Random(snapshot.random) };
}

function checksumOf(body: Uint8Array): string {
  return displayHex(sha256(body));
}
