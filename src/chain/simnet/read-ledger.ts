import { ChainWalk } from "./chain-walk.ts";
import { type LedgerEntry, simulatedName, type StagedKind } from "./economy/index.ts";
import { openIdentity, type SimnetPlace } from "./open-identity.ts";

/** A staged event that is not over: it becomes an entry when it is. */
export type OngoingEvent = {
  readonly type: "ongoing";
  readonly kind: StagedKind;
  readonly staged: "by schedule" | "by command";
  readonly entity: string | null;
  readonly startHeight: number;
  readonly startTime: number;
};

/**
 * The truth behind a chain up to the block at height `last`: what is over by then, oldest first, and then what still goes
 * on. Whoever has a name is called as labels and the page call them. Makes the chain anew, so it takes as long as its
 * blocks do.
 */
export async function* readLedger(
  place: SimnetPlace & { readonly last: number },
  signal: AbortSignal,
): AsyncGenerator<LedgerEntry | OngoingEvent> {
  const { identity } = await openIdentity(place);
  const walk = new ChainWalk(identity);
  while (walk.world.tip.height < place.last) {
    signal.throwIfAborted();
    await walk.step();
    for (const entry of walk.truths) yield named(entry);
  }
  for (const { kind, staged, entity, startHeight, startTime } of walk.world.staging.running)
    yield { type: "ongoing", kind, staged, entity: orNobody(entity ?? null), startHeight, startTime };
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
