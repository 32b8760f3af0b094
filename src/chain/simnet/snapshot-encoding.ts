import { deserialize, serialize } from "node:v8";
import { displayHex } from "#bitcoin";
import { sha256 } from "#lib";
import { type Intervention, Random, type RandomState, type World } from "./economy/index.ts";

type Snapshot = {
  readonly chainId: string;
  /** What had taken effect, as JSON. */
  readonly staged: string;
  readonly random: RandomState;
  readonly world: Omit<World, "random">;
};

/** Engine and format: what another version of either wrote is not read. */
const FORMAT = `utxoiq-simnet-snapshot-3 v8-${process.versions.v8}`;
const CHECKSUM_DIGITS = 64;

/** A line with format and checksum, then the world as the engine writes any value. `staged`: all that people staged. */
export function encodeSnapshot(world: World, chainId: string, staged: readonly Intervention[] = []): Uint8Array {
  const { random, ...rest } = world;
  const snapshot: Snapshot = { chainId, staged: effective(world, staged), random: random.state, world: rest };
  const body = serialize(snapshot);
  return Buffer.concat([Buffer.from(`${FORMAT} ${checksumOf(body)}\n`), body]);
}

/**
 * The world as it was; undefined where the bytes are damaged, of another format or of another chain: a database that is
 * new, or that was set back, knows less of what was staged than a snapshot that lies there, or more.
 */
export function decodeSnapshot(
  bytes: Uint8Array,
  chainId: string,
  staged: readonly Intervention[] = [],
): World | undefined {
  const bodyStart = FORMAT.length + CHECKSUM_DIGITS + 2;
  const body = bytes.subarray(bodyStart);
  const head = Buffer.from(bytes.subarray(0, bodyStart)).toString("latin1");
  if (head !== `${FORMAT} ${checksumOf(body)}\n`) return undefined;
  // The checksum says that these are the bytes that encodeSnapshot wrote.
  const snapshot: Snapshot = deserialize(body);
  if (snapshot.chainId !== chainId) return undefined;
  const world = { ...snapshot.world, random: new Random(snapshot.random) };
  const isDifferent = snapshot.staged !== effective(world, staged);
  const next = staged[world.staging.interventions];
  return isDifferent || (next !== undefined && next.time < world.time) ? undefined : world;
}

/** Field by field, as they may come from elsewhere in another order. */
function effective({ staging }: Pick<World, "staging">, all: readonly Intervention[]): string {
  const some = all.slice(0, staging.interventions);
  return JSON.stringify(some.map(({ kind, entity, size, blocks, time }) => [kind, entity, size, blocks, time]));
}

function checksumOf(body: Uint8Array): string {
  return displayHex(sha256(body));
}
