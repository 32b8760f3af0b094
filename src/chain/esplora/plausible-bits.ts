import { type Network, workOf } from "#bitcoin";

type Claimed = {
  readonly height: number;
  readonly bits: number;
  /** Of the block below; `undefined` where there is none. */
  readonly parentBits: number | undefined;
};

const RETARGET_BLOCKS = 2016;

/**
 * From this height on a block of the main network takes more work than this, or is taken for a cheap forgery. Its
 * difficulty was fifty times that when the height was reached; a year later, twice as much again.
 */
const FLOOR = { height: 800_000, work: (10n ** 12n) << 32n } as const;

/**
 * What is wrong with a block's target on the main network; `undefined` where nothing is. A valid proof of work alone
 * costs nothing at the lowest difficulty: the target must be the parent's but at a retarget, where it moves at most by
 * a factor of four (Core `pow.cpp`). Other networks have blocks of minimum difficulty, so nothing is said there.
 */
export function implausibleBits({ height, bits, parentBits }: Claimed, network: Network): string | undefined {
  if (network.name !== "mainnet") return undefined;
  const work = workOf(bits);
  if (height >= FLOOR.height && work < FLOOR.work) return "takes far less work than blocks of its height do";
  if (parentBits === undefined) return undefined;
  if (height % RETARGET_BLOCKS !== 0) return bits === parentBits ? undefined : "has another target than its parent";
  const before = workOf(parentBits);
  // The compact form cuts digits off, so that a full step may be a little more than one.
  const within = work * 4_001n >= before * 1_000n && work * 1_000n <= before * 4_001n;
  return within ? undefined : "moves the target by more than a factor of four";
}
