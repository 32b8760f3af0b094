/** Scripts at the beginning; a block of today has some 15,000. */
const CAPACITY = 4_096;

/** What a script book keeps of each script, and the slots of its hash table: more than twice as many as scripts. */
export class ScriptColumns {
  count = 0;
  /** Two numbers a slot, side by side in memory: the hash, and one more than the script's number, 0 where there is none. */
  slots: Int32Array = new Int32Array(CAPACITY * 4);
  hash: Int32Array = new Int32Array(CAPACITY);
  /** In the block, or -1 minus the place in the spent outputs. */
  start: Int32Array = new Int32Array(CAPACITY);
  length: Int32Array = new Int32Array(CAPACITY);
  /** Index of the owner in the lookup's entities; -1 where nobody is known. */
  owner: Int32Array = new Int32Array(CAPACITY);
  /** Of the owner's label, in hundredths, one more than it is; 0 where it does not say. */
  certainty: Uint8Array = new Uint8Array(CAPACITY);
  /** One more than the index of the last transaction that spent from it; 0 where none did. */
  spentIn: Int32Array = new Int32Array(CAPACITY);
  /** Satoshis that the block paid it so far and that were not change, less what it spent of them again. */
  paid: Float64Array = new Float64Array(CAPACITY);
  /** 1 where somebody watches it. */
  watched: Uint8Array = new Uint8Array(CAPACITY);

  clear(): void {
    this.slots.fill(0);
    this.spentIn.fill(0, 0, this.count);
    this.watched.fill(0, 0, this.count);
    this.paid.fill(0, 0, this.count);
    this.count = 0;
  }

  /** Room for as many scripts again. */
  grow(): void {
    const capacity = this.hash.length * 2;
    this.hash = longer(this.hash, new Int32Array(capacity));
    this.start = longer(this.start, new Int32Array(capacity));
    this.length = longer(this.length, new Int32Array(capacity));
    this.owner = longer(this.owner, new Int32Array(capacity));
    this.certainty = longer(this.certainty, new Uint8Array(capacity));
    this.spentIn = longer(this.spentIn, new Int32Array(capacity));
    this.watched = longer(this.watched, new Uint8Array(capacity));
    this.paid = longer(this.paid, new Float64Array(capacity));
    this.slots = new Int32Array(capacity * 4);
    const mask = capacity * 2 - 1;
    for (let script = 0; script < this.count; script += 1) {
      const hash = this.hash[script] ?? 0;
      let slot = hash & mask;
      while (this.slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      this.slots[slot * 2] = hash;
      this.slots[slot * 2 + 1] = script + 1;
    }
  }
}

function longer<Column extends Int32Array | Float64Array | Uint8Array>(old: Column, column: Column): Column {
  column.set(old);
  return column;
}
