import { ChainWalk } from "./chain-walk.ts";
import { type LedgerEntry, simulatedName } from "./economy/index.ts";
import { openIdentity, type SimnetPlace } from "./open-identity.ts";

/**
 * The truth behind a chain up to the block at height `last`, oldest first: what is over by then. Whoever has a name is
 * called as labels and the page call them. Makes the chain anew, so it takes as long as its blocks do.
 */
export async function* readLedger(
  place: SimnetPlace & { readonly last: number },
  signal: AbortSignal,
): AsyncGenerator<LedgerEntry> {
  const { identity } = await openIdentity(place);
  const walk = new ChainWalk(identity);
  while (walk.world.tip.height < place.last) {
    signal.throwIfAborted();
    await walk.step();
    for (const entry of walk.truths) yield named(entry);
  }
}

function named(entry: LedgerEntry): LedgerEntry {
  switch (entry.type) {
    case "event": {
      const transfers = entry.transfers.map((transfer) => {
        return { ...transfer, from: orNobody(transfer.from), to: orNobody(transfer.to) };
      });
      return { ...entry, entity: orNobody(entry.entity), transfers };
    }
    case "excursion":
      return { ...entry, entity: orNobody(entry.entity) };
    case "balances": {
      const entities = Object.entries(entry.entities).map(([name, sats]) => [simulatedName(name), sats]);
      return { ...entry, entities: Object.fromEntries(entities) as Readonly<Record<string, number>> };
    }
    case "reorg":
      return entry;
  }
}

function orNobody(name: string | null): string | null {
  return name === null ? null : simulatedName(name);
}
