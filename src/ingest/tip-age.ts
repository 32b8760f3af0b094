import type { Network } from "#bitcoin";
import type { SourceHealth } from "#chain";

/** Six hours without a block come about once in 10^16 blocks; a header's time may be two hours off. */
const OLD_SECONDS = 6 * 3_600;

type Tip = {
  /** Header time and the present, unix seconds. */
  readonly time: number;
  readonly now: number;
  readonly network: Network;
};

/** A source that says that all is well, and has an old newest block, may have stopped; on regtest blocks are made at will. */
export function healthAtAge(health: SourceHealth, { time, now, network }: Tip): SourceHealth {
  const age = now - time;
  if (health.state !== "healthy" || network.simulated || network.name === "regtest" || age < OLD_SECONDS) return health;
  const also = health.reason === null ? "" : `; ${health.reason}`;
  return {
    state: "degraded",
    reason: `the newest block is ${spanOf(age)} old; is the node running and connected?${also}`,
  };
}

function spanOf(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24).toLocaleString("en")} days`;
}
