import type { Block } from "#contract";
import { formatBtc, formatCount, formatFeeRate, formatPercent } from "../format/numbers.ts";
import { formatExact } from "../format/times.ts";
import { CitedBlockHash, CitedEntity } from "../parts/cited.tsx";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import { Fact, Facts } from "../parts/facts.tsx";

const MOST_WEIGHT = 4_000_000;

/** What one looks for first. */
export function BlockFacts({ block: { line, previous, connected } }: { readonly block: Block }) {
  const { feeRates, fees, weight } = line;
  const rates =
    feeRates === null
      ? "unknown"
      : `${formatFeeRate(feeRates.median)} sat/vB, 80 % between ${formatFeeRate(feeRates.low)} and ${formatFeeRate(feeRates.high)}`;
  return (
    <Facts>
      <Fact name="Found">{formatExact(line.time)}</Fact>
      <Fact name="Mined by">{line.pool === null ? "Unknown" : <CitedEntity actor={line.pool} />}</Fact>
      <Fact name="Transactions">{formatCount(line.txs)}</Fact>
      <Fact name="Median fee rate">{rates}</Fact>
      <Fact name="Fees">{fees === null ? "unknown" : formatBtc(fees)}</Fact>
      <Fact name="Subsidy">{formatBtc(line.subsidy)}</Fact>
      <Fact name="Full">
        {formatPercent((100 * weight) / MOST_WEIGHT)} · {formatCount(weight)} WU · {formatCount(line.size)} bytes
      </Fact>
      <Fact name="Outputs">{formatBtc(line.totalOut)}</Fact>
      <Fact name="Hash">
        <CopyableHash what="block hash" value={line.hash} />
      </Fact>
      <Fact name="Parent">
        <CitedBlockHash what="hash of the parent" hash={previous} />
      </Fact>
      {!connected && <Fact name="Chain">one of a set of blocks, of which no chain is known</Fact>}
    </Facts>
  );
}
