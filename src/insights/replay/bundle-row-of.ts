import { NOTABLE_TRANSFER_SATS, type Transfer } from "#features";
import type { BlockRow } from "#signals";
import type { BundleRow } from "./insight-bundle.ts";

/** Smaller transfers are kept where somebody watches, and that is nobody else's business. */
export function bundleRowOf({ features, transfers, flows }: BlockRow): BundleRow {
  const notable = transfers.filter(({ value }) => value >= NOTABLE_TRANSFER_SATS);
  return { features, transfers: notable.map(bundleTransferOf), flows };
}

/** Its own fields alone, whatever a store has put beside them. */
function bundleTransferOf(transfer: Transfer): BundleRow["transfers"][number] {
  const { txid, txIndex, value, totalIn, totalOut, fee, inputs, outputs } = transfer;
  const { toAddress, toValue, coinAgeDays, from, to, kind } = transfer;
  return {
    txid,
    txIndex,
    value,
    totalIn,
    totalOut,
    fee,
    inputs,
    outputs,
    toAddress,
    toValue,
    coinAgeDays,
    from,
    to,
    kind,
  };
}
