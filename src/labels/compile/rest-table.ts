type Entry = { readonly script: Uint8Array; value: number; rank: number };

/** Scripts with their numbers, for another thread. */
export type PortableRestTable = readonly { readonly script: Uint8Array; readonly value: number }[];

/** Scripts of no fixed form (a bare key, bare multisig, …): few, so each is an object. Exact as well. */
export class RestTable {
  readonly #entries: Entry[] = [];
  readonly #places = new Map<number, number[]>();
  #longest = 0;
  #bytes = 0;

  static of(entries: PortableRestTable): RestTable {
    const table = new RestTable();
    for (const { script, value } of entries) table.add(script, value, 0);
    return table;
  }

  entries(): PortableRestTable {
    return this.#entries.map(({ script, value }) => ({ script, value }));
  }

  get count(): number {
    return this.#entries.length;
  }

  /** An estimate: what an engine keeps beside the bytes. */
  get bytes(): number {
    return this.#bytes + this.#entries.length * 200;
  }

  find(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > this.#longest) return -1;
    const places = this.#places.get(hashOf(bytes, start, end));
    if (places === undefined) return -1;
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] ?? 0;
      const script = this.#entries[place]?.script;
      if (script !== undefined && isSame(script, bytes, start, end)) return place;
    }
    return -1;
  }

  valueAt(place: number): number {
    return this.#entries[place]?.value ?? 0;
  }

  rankAt(place: number): number {
    return this.#entries[place]?.rank ?? 0;
  }

  replace(place: number, value: number, rank: number): void {
    const entry = this.#entries[place];
    if (entry !== undefined) Object.assign(entry, { value, rank });
  }

  add(given: Uint8Array, value: number, rank: number): void {
    const script = given.slice();
    const hash = hashOf(script, 0, script.length);
    const place = this.#entries.push({ script, value, rank }) - 1;
    const places = this.#places.get(hash);
    if (places === undefined) this.#places.set(hash, [place]);
    else places.push(place);
    this.#longest = Math.max(this.#longest, script.length);
    this.#bytes += script.length;
  }
}

/** 30 bits: a number that needs no object of its own. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash & 0x3fffffff;
}

function isSame(script: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (script.length !== end - start) return false;
  for (let index = 0; index < script.length; index += 1) if (script[index] !== bytes[start + index]) return false;
  return true;
}
