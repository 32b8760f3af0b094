import type { TransactionView } from "#bitcoin";
import type { TransferKind } from "./entity-flows.ts";
import type { ScriptBook } from "./script-book.ts";
import type { TransactionParts } from "./transaction-parts.ts";

/** What one entity spends and receives in a transaction, in satoshis. */
export type Side = {
  readonly owner: number;
  spent: number;
  received: number;
  /** Of both what labels say how sure they are of, and that times how sure. */
  vouched: number;
  sure: number;
};

/** A transaction by the entities in it. The same object for every transaction. */
export class TransactionSides {
  readonly entities: Side[] = [];
  /** Spent and received by known entities. */
  known = 0;
  /** What everybody else received, less what they spent. */
  unknownDelta = 0;
  /** What known entities won, and lost, each netted. */
  gained = 0;
  lost = 0;
  #unknownSpent = 0;
  #unknownReceived = 0;
  readonly #book: ScriptBook;

  constructor(book: ScriptBook) {
    this.#book = book;
  }

  read(tx: TransactionView, parts: TransactionParts): void {
    // Most transactions have nobody that is known, and emptying an empty list takes its time.
    if (this.entities.length > 0) this.entities.length = 0;
    this.known = 0;
    this.gained = 0;
    this.lost = 0;
    this.#unknownSpent = parts.hasOwners ? 0 : tx.totalIn;
    this.#unknownReceived = parts.hasOwners ? 0 : tx.totalOut;
    if (parts.hasOwners) this.#addUp(parts);
    this.unknownDelta = this.#unknownReceived - this.#unknownSpent;
  }

  #addUp({ coins, outputs }: TransactionParts): void {
    for (let index = 0; index < coins.count; index += 1) {
      const value = coins.value[index] ?? 0;
      const owner = this.#book.ownerOf(coins.script[index] ?? 0);
      if (owner === -1) this.#unknownSpent += value;
      else this.#vouchFor(coins.script[index] ?? 0, value, this.#sideOf(owner)).spent += value;
    }
    for (let index = 0; index < outputs.count; index += 1) {
      const value = outputs.value[index] ?? 0;
      const owner = this.#book.ownerOf(outputs.script[index] ?? 0);
      if (owner === -1) this.#unknownReceived += value;
      else this.#vouchFor(outputs.script[index] ?? 0, value, this.#sideOf(owner)).received += value;
    }
    this.#sumUp();
  }

  #vouchFor(script: number, value: number, side: Side): Side {
    const certainty = this.#book.certaintyOf(script);
    if (certainty === undefined) return side;
    side.vouched += value;
    side.sure += value * certainty;
    return side;
  }

  #sumUp(): void {
    for (const { spent, received } of this.entities) {
      this.known += spent + received;
      if (received > spent) this.gained += received - spent;
      else this.lost += spent - received;
    }
  }

  /** Whether nobody else spends or receives: all that leaves the entity is the fee. */
  isAllOf(owner: number): boolean {
    return this.entities.length === 1 && this.entities[0]?.owner === owner && this.#hasNoUnknown();
  }

  #hasNoUnknown(): boolean {
    return this.#unknownSpent === 0 && this.#unknownReceived === 0;
  }

  /** The known entity that loses most, and -1 where none does. */
  get payer(): number {
    return this.#extreme(({ spent, received }) => spent - received);
  }

  /** The known entity that wins most, and -1 where none does. */
  get payee(): number {
    return this.#extreme(({ spent, received }) => received - spent);
  }

  /** `undefined` where nobody is known, or nothing is told by who is. */
  get kind(): TransferKind | undefined {
    const { payer, payee } = this;
    const [only] = this.entities;
    if (only !== undefined && this.isAllOf(only.owner)) return "in-house";
    if (payer !== -1 && payee !== -1) return "inter-entity";
    if (payee !== -1) return "deposit";
    return payer === -1 ? undefined : "withdrawal";
  }

  #extreme(measure: (side: Side) => number): number {
    let most = 0;
    let owner = -1;
    for (const side of this.entities) {
      if (measure(side) <= most) continue;
      most = measure(side);
      ({ owner } = side);
    }
    return owner;
  }

  #sideOf(owner: number): Side {
    const known = this.entities.find((side) => side.owner === owner);
    if (known !== undefined) return known;
    const side = { owner, spent: 0, received: 0, vouched: 0, sure: 0 };
    this.entities.push(side);
    return side;
  }
}
