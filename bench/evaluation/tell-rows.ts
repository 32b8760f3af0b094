import { composeBlock } from "#insights";
import { sha256 } from "#lib";
import { type BlockRow, Detection, type Signal } from "#signals";

export type ToldRows = {
  readonly signals: readonly Signal[];
  /** Those among them whose words an insight bears: what others tell of the same is in it too. */
  readonly leading: readonly Signal[];
};

/** What stands out in a chain, and what readers are told of it. */
export function tellRows(rows: readonly BlockRow[]): ToldRows {
  const detection = new Detection();
  const [signals, leading]: [Signal[], Signal[]] = [[], []];
  for (const row of rows) {
    const found = detection.take(row);
    const context = { blockTime: row.features.time, simulated: true, sha256 };
    const { said, insights } = composeBlock({ signals: found, updates: detection.updates }, context);
    const told = new Set(insights.map(({ id }) => id));
    signals.push(...found);
    leading.push(...found.filter((_, place) => told.has(said[place]?.id ?? "")));
  }
  return { signals, leading };
}
