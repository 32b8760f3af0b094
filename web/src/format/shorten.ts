/** A hash, txid or address with its middle left out; both ends are what people compare. */
export function shorten(text: string, ends = 6): string {
  return text.length <= 2 * ends + 1 ? text : `${text.slice(0, ends)}…${text.slice(-ends)}`;
}
