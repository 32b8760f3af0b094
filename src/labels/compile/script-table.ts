import { FixedTable, type PortableFixedTable } from "./fixed-table.ts";
import { type PortableRestTable, RestTable } from "./rest-table.ts";

/** Whether the first of two values of the same rank is the one to keep. */
type IsBefore = (left: number, right: number) => boolean;

/** A table that is complete, for another thread. */
export type PortableScriptTable = { readonly fixed: readonly PortableFixedTable[]; readonly rest: PortableRestTable };

/** From output scripts to numbers: a sub-table per script type with a payload of fixed size, and one for the rest. */
export class ScriptTable {
  readonly #pubKeyHash: FixedTable;
  readonly #scriptHash: FixedTable;
  readonly #witnessKeyHash: FixedTable;
  readonly #witnessScriptHash: FixedTable;
  readonly #taproot: FixedTable;
  readonly #rest: RestTable;

  constructor(portable?: PortableScriptTable) {
    const fixed = (place: number, size: number): FixedTable => {
      const table = portable?.fixed[place];
      return table === undefined ? new FixedTable(size) : FixedTable.of(table);
    };
    this.#pubKeyHash = fixed(0, 20);
    this.#scriptHash = fixed(1, 20);
    this.#witnessKeyHash = fixed(2, 20);
    this.#witnessScriptHash = fixed(3, 32);
    this.#taproot = fixed(4, 32);
    this.#rest = portable === undefined ? new RestTable() : RestTable.of(portable.rest);
  }

  /** From here on this table and those that are made of what it returns share their memory. Nothing can be added. */
  share(): PortableScriptTable {
    return { fixed: this.#fixedTables().map((table) => table.share()), rest: this.#rest.entries() };
  }

  get count(): number {
    return this.#fixedTables().reduce((sum, table) => sum + table.count, this.#rest.count);
  }

  /** Memory of the table. */
  get bytes(): number {
    return this.#fixedTables().reduce((sum, table) => sum + table.bytes, this.#rest.bytes);
  }

  /** The number of the script `bytes[start..end)`, -1 where it is not there. Allocates nothing. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const offset = payloadOffset(bytes, start, end);
    if (offset === 0) {
      const place = this.#rest.find(bytes, start, end);
      return place < 0 ? -1 : this.#rest.valueAt(place);
    }
    const table = this.#tableOf(bytes[start], end - start);
    const place = table.find(bytes, start + offset);
    return place < 0 ? -1 : table.valueAt(place);
  }

  /** Sets the number of a script, unless it has one of a higher rank. */
  claim(script: Uint8Array, claim: { readonly value: number; readonly rank: number }, isBefore: IsBefore): void {
    const { value, rank } = claim;
    const offset = payloadOffset(script, 0, script.length);
    const table = offset === 0 ? this.#rest : this.#tableOf(script[0], script.length);
    const place = table instanceof FixedTable ? table.find(script, offset) : table.find(script, 0, script.length);
    if (place >= 0) {
      const held = table.rankAt(place);
      if (rank > held || (rank === held && isBefore(value, table.valueAt(place)))) table.replace(place, value, rank);
    } else if (table instanceof FixedTable) {
      table.add(script.subarray(offset, offset + table.size), value, rank);
    } else {
      table.add(script, value, rank);
    }
  }

  /** Gives back what only building needs. */
  trim(): void {
    for (const table of this.#fixedTables()) table.trim();
  }

  /** For a script that has a payload of fixed size. */
  #tableOf(first: number | undefined, length: number): FixedTable {
    if (length === 25) return this.#pubKeyHash;
    if (length === 23) return this.#scriptHash;
    if (length === 22) return this.#witnessKeyHash;
    return first === 0x51 ? this.#taproot : this.#witnessScriptHash;
  }

  #fixedTables(): readonly FixedTable[] {
    return [this.#pubKeyHash, this.#scriptHash, this.#witnessKeyHash, this.#witnessScriptHash, this.#taproot];
  }
}

/** Where the payload of the script begins; 0 for a script without one of fixed size. */
function payloadOffset(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  switch (end - start) {
    case 22:
      return first === 0 && bytes[start + 1] === 20 ? 2 : 0;
    case 23:
      return first === 0xa9 && bytes[start + 1] === 20 && bytes[end - 1] === 0x87 ? 2 : 0;
    case 25:
      return first === 0x76 && bytes[start + 1] === 0xa9 && bytes[start + 2] === 20 && isSigned(bytes, end) ? 3 : 0;
    case 34:
      return (first === 0 || first === 0x51) && bytes[start + 1] === 32 ? 2 : 0;
    default:
      return 0;
  }
}

function isSigned(bytes: Uint8Array, end: number): boolean {
  return bytes[end - 2] === 0x88 && bytes[end - 1] === 0xac;
}
