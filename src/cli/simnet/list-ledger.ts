import { COIN } from "#bitcoin";
import { type LedgerEntry, type OngoingEvent, readLedger, STAGEABLE_EVENTS } from "#chain";
import { openSimnetChain, type SimnetChain, type SimnetCommand } from "./open-simnet-chain.ts";

type Told = LedgerEntry | OngoingEvent;

const TYPES: readonly Told["type"][] = ["event", "ongoing", "excursion", "balances", "reorg"];

/** A type of entry, or one kind of staged event. */
export const LEDGER_KINDS: readonly string[] = [...TYPES, ...STAGEABLE_EVENTS.map(({ kind }) => kind)];

export type LedgerFlags = { readonly kind?: string; readonly blocks?: number; readonly json?: boolean };

/** Its terminal is not where the ledger is written to. */
type Output = SimnetCommand & { readonly write: (text: string) => void };

/** `utxoiq simnet ledger`: what really happened on a simulated chain, up to its stored tip where nothing is said. */
export async function listLedger(output: Output, flags: LedgerFlags): Promise<void> {
  const { kind, json = false } = flags;
  const { terminal, write, signal } = output;
  const chain = await openSimnetChain(output);
  try {
    const last = flags.blocks === undefined ? usualEnd(chain) : { height: flags.blocks - 1, why: "as --blocks says" };
    terminal.line("Ledger", `up to block ${last.height.toLocaleString("en")}, ${last.why}`);
    for await (const entry of readLedger({ ...chain.place, last: last.height }, signal)) {
      if (kind !== undefined && !isOf(entry, kind)) continue;
      write(json ? JSON.stringify(entry) : describe(entry));
    }
  } finally {
    await chain.close();
  }
}

function isOf(entry: Told, kind: string): boolean {
  return kind === entry.type || ("kind" in entry && kind === entry.kind);
}

function usualEnd({ tipHeight, historyBlocks }: SimnetChain): { readonly height: number; readonly why: string } {
  if (tipHeight !== undefined) return { height: tipHeight, why: "the newest that is stored" };
  return { height: historyBlocks, why: "where the history of a first start ends, as no block of it is stored" };
}

const COLUMN = { heights: 16, kind: 21 } as const;

function describe(entry: Told): string {
  switch (entry.type) {
    case "event": {
      const moved = entry.transfers.length === 0 ? "" : ` in ${entry.transfers.length} transfers`;
      const size = entry.unit === "sat" ? `${btc(entry.size)}${moved}` : `${entry.size.toFixed(2)} times the usual`;
      return line(entry, entry.kind, [entry.entity, size, entry.staged]);
    }
    case "ongoing":
      return row(`${entry.startHeight} to …`, entry.kind, [entry.entity, entry.staged, "still going on"]);
    case "excursion": {
      const peak = `${entry.peak > 0 ? "+" : ""}${entry.peak.toFixed(2)}`;
      return line(entry, "excursion", [entry.entity, `${entry.state} ${peak}`]);
    }
    case "balances": {
      const [largest] = Object.entries(entry.entities).toSorted(([, left], [, right]) => right - left);
      const most = largest === undefined ? null : `most with ${largest[0]}, ${btc(largest[1])}`;
      const at = { startHeight: entry.height, endHeight: entry.height };
      return line(at, "balances", [`${btc(entry.issued)} issued`, `users hold ${btc(entry.users)}`, most]);
    }
    case "reorg": {
      const at = { startHeight: entry.forkHeight + 1, endHeight: entry.forkHeight + entry.depth };
      return line(at, "reorg", [`${entry.depth} ${entry.depth === 1 ? "block" : "blocks"} lost`]);
    }
  }
}

type Heights = { readonly startHeight: number; readonly endHeight: number };

function line({ startHeight, endHeight }: Heights, kind: string, parts: readonly (string | null)[]): string {
  return row(startHeight === endHeight ? `${startHeight}` : `${startHeight} to ${endHeight}`, kind, parts);
}

function row(heights: string, kind: string, parts: readonly (string | null)[]): string {
  const text = parts.filter((part) => part !== null).join(", ");
  return `${heights.padEnd(COLUMN.heights)}${kind.padEnd(COLUMN.kind)}${text}`;
}

function btc(sats: number): string {
  return `${Math.round(sats / COIN).toLocaleString("en")} BTC`;
}
