import { SCRIPT_TYPES, type ScriptType, type TransactionView } from "#bitcoin";
import type { Collector } from "./read-block.ts";
import type { TransactionParts } from "./transaction-parts.ts";

export type ByScriptType = Readonly<Record<ScriptType, number>>;

const OP_RETURN = SCRIPT_TYPES.indexOf("op_return");
const P2TR = SCRIPT_TYPES.indexOf("p2tr");

/** Which kinds of script a block creates and spends, what they hold, and what is too small to be worth spending. */
export class ScriptTypeCollector implements Collector {
  opReturnBytes = 0;
  inscriptions = 0;
  inscriptionBytes = 0;
  dustCreated = 0;
  dustSwept = 0;
  reusedOutputs = 0;
  taprootTransactions = 0;
  taprootWeight = 0;
  readonly #outputs = { counts: newCounts(), values: newCounts() };
  readonly #coins = { counts: newCounts(), values: newCounts() };

  take(tx: TransactionView, parts: TransactionParts): void {
    const paysTaproot = this.#takeOutputs(parts);
    const spendsTaproot = this.#takeCoins(parts);
    this.inscriptions += parts.inscriptions;
    this.inscriptionBytes += parts.inscriptionBytes;
    this.dustCreated += parts.dustOutputs;
    this.dustSwept += parts.dustCoins;
    if (tx.index === 0 || !(paysTaproot || spendsTaproot)) return;
    this.taprootTransactions += 1;
    this.taprootWeight += tx.weight;
  }

  get outputTypes(): ByScriptType {
    return byType(this.#outputs.counts);
  }

  get outputValues(): ByScriptType {
    return byType(this.#outputs.values);
  }

  get inputTypes(): ByScriptType {
    return byType(this.#coins.counts);
  }

  get inputValues(): ByScriptType {
    return byType(this.#coins.values);
  }

  #takeOutputs({ outputs }: TransactionParts): boolean {
    const { counts, values } = this.#outputs;
    let taproot = false;
    for (let index = 0; index < outputs.count; index += 1) {
      const type = outputs.type[index] ?? 0;
      const value = outputs.value[index] ?? 0;
      counts[type] = (counts[type] ?? 0) + 1;
      values[type] = (values[type] ?? 0) + value;
      if (type === P2TR) taproot = true;
      if (type === OP_RETURN) this.opReturnBytes += (outputs.end[index] ?? 0) - (outputs.start[index] ?? 0);
      this.reusedOutputs += outputs.reused[index] ?? 0;
    }
    return taproot;
  }

  #takeCoins({ coins }: TransactionParts): boolean {
    const { counts, values } = this.#coins;
    let taproot = false;
    for (let index = 0; index < coins.count; index += 1) {
      const type = coins.type[index] ?? 0;
      const value = coins.value[index] ?? 0;
      counts[type] = (counts[type] ?? 0) + 1;
      values[type] = (values[type] ?? 0) + value;
      if (type === P2TR) taproot = true;
    }
    return taproot;
  }
}

function newCounts(): Float64Array {
  return new Float64Array(SCRIPT_TYPES.length);
}

function byType(counts: Float64Array): ByScriptType {
  return Object.fromEntries(SCRIPT_TYPES.map((type, index) => [type, counts[index] ?? 0])) as ByScriptType;
}
