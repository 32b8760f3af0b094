const MARKED = /"\u20bf(-?\d+\.\d{8})"/g;

/** An amount of satoshis as it will stand in the JSON: BTC, always with eight decimals, as Core writes it. */
export function btc(sats: number): string {
  const digits = String(Math.abs(sats)).padStart(9, "0");
  return `\u20bf${sats < 0 ? "-" : ""}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

const PLACED = /"\u20bf#(\d+)"/g;
let placed: string[] = [];

/** JSON that was written before and becomes part of more. */
export class Written {
  readonly #text: string;

  constructor(value: unknown) {
    this.#text = writeJson(value);
  }

  toJSON(): string {
    placed.push(this.#text);
    return `\u20bf#${placed.length - 1}`;
  }
}

/** JSON in which the amounts of {@link btc} are numbers. */
export function writeJson(value: unknown): string {
  placed = [];
  const text = JSON.stringify(value).replaceAll(MARKED, "$1");
  return text.replaceAll(PLACED, (_, index) => placed[Number(index)] ?? "");
}
