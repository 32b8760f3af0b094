import { ParseError, type TransactionView } from "#bitcoin";
import type { BlockFlows, EntityFlow } from "./entity-flows.ts";
import type { Entity, LabelLookup } from "./label-lookup.ts";
import type { Collector } from "./read-block.ts";
import type { ScriptBook } from "./script-book.ts";
import { type Side, TransactionSides } from "./transaction-sides.ts";
import type { TransactionParts } from "./transaction-parts.ts";

type Totals = { -readonly [Name in keyof Omit<EntityFlow, "entity" | "certainty">]: number };

/** Value of which labels say how sure they are, and that times how sure. */
type Vouched = { value: number; sure: number };

/** Sums per entity what each transaction brings it and takes from it. */
export class FlowCollector implements Collector {
  /** The sides of the transaction that was taken last, for whoever comes after. */
  readonly sides: TransactionSides;
  readonly #labels: LabelLookup;
  readonly #book: ScriptBook;
  readonly #totals = new Map<number, Totals>();
  readonly #vouched = new Map<number, Vouched>();
  #payout = { value: -1, owner: -1 };
  #known = 0;
  #moved = 0;
  /** Of everybody, the unknown included: received less spent, and fees. They have to be each other's negative. */
  #deltas = 0;
  #fees = 0;

  constructor(labels: LabelLookup, book: ScriptBook) {
    this.#labels = labels;
    this.#book = book;
    this.sides = new TransactionSides(book);
  }

  take(tx: TransactionView, parts: TransactionParts): void {
    if (tx.index === 0) {
      this.#takeCoinbase(parts);
      return;
    }
    const { sides } = this;
    sides.read(tx, parts);
    this.#known += sides.known;
    this.#moved += tx.totalIn + tx.totalOut;
    this.#deltas += sides.unknownDelta;
    this.#fees += tx.totalIn - tx.totalOut;
    if (parts.hasOwners) for (const side of sides.entities) this.#add(side);
  }

  #takeCoinbase({ outputs }: TransactionParts): void {
    for (let index = 0; index < outputs.count; index += 1) {
      const value = outputs.value[index] ?? 0;
      const owner = this.#book.ownerOf(outputs.script[index] ?? 0);
      if (value > this.#payout.value) this.#payout = { value, owner };
      if (owner === -1) continue;
      this.#totalsOf(owner).mined += value;
      const certainty = this.#book.certaintyOf(outputs.script[index] ?? 0);
      if (certainty !== undefined) this.#vouch(owner, value, value * certainty);
    }
  }

  #add(side: Side): void {
    const totals = this.#totalsOf(side.owner);
    const delta = side.received - side.spent;
    const inHouse = Math.min(side.received, side.spent);
    const { gained, lost } = this.sides;
    this.#deltas += delta;
    totals.inHouse += inHouse;
    if (side.vouched > 0) this.#vouch(side.owner, side.vouched, side.sure);
    if (inHouse > 0) totals.inHouseTransactions += 1;
    if (delta > 0) {
      totals.inflow += delta;
      totals.deposits += 1;
      totals.interEntityIn += Math.min(delta, lost);
    } else if (delta < 0) {
      totals.outflow -= delta;
      totals.interEntityOut += Math.min(-delta, gained);
      if (!this.sides.isAllOf(side.owner)) totals.withdrawals += 1;
    }
  }

  #vouch(owner: number, value: number, sure: number): void {
    const vouched = this.#vouched.get(owner);
    if (vouched === undefined) this.#vouched.set(owner, { value, sure });
    else {
      vouched.value += value;
      vouched.sure += sure;
    }
  }

  #totalsOf(owner: number): Totals {
    const known = this.#totals.get(owner);
    if (known !== undefined) return known;
    const totals: Totals = {
      inflow: 0,
      outflow: 0,
      inHouse: 0,
      interEntityIn: 0,
      interEntityOut: 0,
      mined: 0,
      deposits: 0,
      withdrawals: 0,
      inHouseTransactions: 0,
    };
    this.#totals.set(owner, totals);
    return totals;
  }

  /** @throws ParseError where money is not conserved */
  flows(): BlockFlows {
    if (this.#deltas + this.#fees !== 0) {
      const place = { document: "spent outputs", path: "sum", offset: 0 } as const;
      throw new ParseError(place, `what entities win and lose is ${this.#deltas} sats, fees are ${this.#fees}`);
    }
    const { version, entities } = this.#labels;
    return {
      labelVersion: version,
      labelCoverage: this.#moved === 0 ? null : this.#known / this.#moved,
      payoutEntity: entities[this.#payout.owner] ?? null,
      entities: [...this.#totals]
        .flatMap(([owner, totals]) => {
          const entity = entities[owner];
          return entity === undefined ? [] : [{ entity, ...totals, ...certaintyOf(this.#vouched.get(owner)) }];
        })
        .toSorted((left, right) => compareEntities(left.entity, right.entity)),
    };
  }
}

function certaintyOf(vouched: Vouched | undefined): Pick<EntityFlow, "certainty"> {
  return vouched === undefined || vouched.value === 0
    ? {}
    : { certainty: Math.round((1_000 * vouched.sure) / vouched.value) / 1_000 };
}

function compareEntities(left: Entity, right: Entity): number {
  if (left.actor !== right.actor) return left.actor < right.actor ? -1 : 1;
  return left.kind < right.kind ? -1 : left.kind > right.kind ? 1 : 0;
}
