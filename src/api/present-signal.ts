import type { SignalList } from "#contract";
import { categoryOfSignal } from "#insights";
import type { explore } from "#store";
import { isoTime } from "./present.ts";

type Cited = explore.StoredSignal["transfers"][number];

export function presentSignal(signal: explore.StoredSignal): SignalList["signals"][number] {
  const { kind, height, blockhash, time, ordinal, startHeight, subject, other = null, direction, surprise } = signal;
  return {
    height,
    blockHash: blockhash,
    time: isoTime(time),
    number: ordinal,
    kind,
    category: categoryOfSignal(signal),
    startHeight,
    subject,
    other,
    direction,
    surprise,
    metrics: signal.metrics.map((metric) => ({ ...metric })),
    transactions: signal.transfers.map(presentCited),
  };
}

function presentCited({ txid, value, fee, toAddress, coinAgeDays, from, to, kind }: Cited) {
  return { txid, value, fee, toAddress, coinAgeDays, from, to, kind };
}
