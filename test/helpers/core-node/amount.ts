const MARKED = /"\u20bf(-?\d+\.\d{8})"/g;

/** An amount of satoshis as it will stand in the JSON: BTC, always with eight decimals, as Core writes it. */
export function btc(sats: number): string {
  const digits = String(Math.abs(sats)).padStart(9, "0");
  return `\u20bf${sats < 0 ? "-" : ""}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

/** JSON in which the amounts of {@link btc} are numbers. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(MARKED, "$1");
}
