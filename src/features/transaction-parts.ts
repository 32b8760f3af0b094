/** The coins that a transaction spends. Columns are longer than `count`. */
class Coins {
  count = 0;
  /** Satoshis. */
  value: Float64Array = new Float64Array(64);
  /** Place in SCRIPT_TYPES. */
  type: Int32Array = new Int32Array(64);
  scriptLength: Int32Array = new Int32Array(64);
  /** Number in the script book. */
  script: Int32Array = new Int32Array(64);
  /** Height at which the coin was made; -1 where that is unknown. */
  height: Int32Array = new Int32Array(64);

  /** The place of one more. */
  add(): number {
    const index = this.count;
    this.count = index + 1;
    if (index === this.value.length) this.#grow(index * 2);
    return index;
  }

  #grow(capacity: number): void {
    this.value = longer(this.value, new Float64Array(capacity));
    this.type = longer(this.type, new Int32Array(capacity));
    this.scriptLength = longer(this.scriptLength, new Int32Array(capacity));
    this.script = longer(this.script, new Int32Array(capacity));
    this.height = longer(this.height, new Int32Array(capacity));
  }
}

/** The outputs that a transaction makes. Columns are longer than `count`. */
class Outputs {
  count = 0;
  /** Satoshis. */
  value: Float64Array = new Float64Array(64);
  /** Place in SCRIPT_TYPES. */
  type: Int32Array = new Int32Array(64);
  /** The script is `block.subarray(start, end)`. */
  start: Int32Array = new Int32Array(64);
  end: Int32Array = new Int32Array(64);
  /** Number in the script book. */
  script: Int32Array = new Int32Array(64);
  /** 1 where the block had the script before. */
  reused: Uint8Array = new Uint8Array(64);
  /** 1 where the transaction spends a coin of the same script: it comes back to the spender. */
  isChange: Uint8Array = new Uint8Array(64);

  /** The place of one more. */
  add(): number {
    const index = this.count;
    this.count = index + 1;
    if (index === this.value.length) this.#grow(index * 2);
    return index;
  }

  #grow(capacity: number): void {
    this.value = longer(this.value, new Float64Array(capacity));
    this.type = longer(this.type, new Int32Array(capacity));
    this.start = longer(this.start, new Int32Array(capacity));
    this.end = longer(this.end, new Int32Array(capacity));
    this.script = longer(this.script, new Int32Array(capacity));
    this.reused = longer(this.reused, new Uint8Array(capacity));
    this.isChange = longer(this.isChange, new Uint8Array(capacity));
  }
}

function longer<Column extends Float64Array | Int32Array | Uint8Array>(old: Column, column: Column): Column {
  column.set(old);
  return column;
}

/**
 * One transaction with the coins that it spends, as columns: a collector sees all of it at once and nothing is
 * allocated for it. Filled by `read-block.ts`, the same object for every transaction.
 */
export class TransactionParts {
  /** None for the coinbase and where spent outputs are unknown. */
  readonly coins = new Coins();
  readonly outputs = new Outputs();
  /** Satoshis that come back to scripts that the transaction spends from. */
  change = 0;
  /** Whether any script of it has a known owner, or is watched. */
  hasOwners = false;
  hasWatched = false;
  /** BIP125: an input says that it may be replaced. */
  signalsRbf = false;
  /** An input lets the lock time count. */
  hasOpenSequence = false;
  inscriptions = 0;
  inscriptionBytes = 0;
  /** Coins and outputs that are worth less than spending them costs. */
  dustCoins = 0;
  dustOutputs = 0;

  clear(): void {
    this.coins.count = 0;
    this.outputs.count = 0;
    this.change = 0;
    this.hasOwners = false;
    this.hasWatched = false;
    this.signalsRbf = false;
    this.hasOpenSequence = false;
    this.inscriptions = 0;
    this.inscriptionBytes = 0;
    this.dustCoins = 0;
    this.dustOutputs = 0;
  }
}
