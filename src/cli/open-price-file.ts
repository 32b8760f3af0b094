import type { Config } from "#config";
import { describePrices, type PriceFile, readPriceFile } from "#ingest";
import type { Terminal } from "./terminal.ts";

/** The prices of `--prices`, told in a line; `undefined` where there are none. */
export async function openPriceFile({ prices }: Config, terminal: Terminal): Promise<PriceFile | undefined> {
  if (prices === undefined) return undefined;
  const file = await readPriceFile(prices.path, prices.currency);
  terminal.line("Prices", describePrices(file.series));
  return file;
}

/** How `openPrices` reaches a person. */
export function tellOfPrices(terminal: Terminal) {
  return {
    onProgress: (progress: { readonly done: number; readonly total: number }): void =>
      terminal.progress("Headers", progress),
    onUnknown: (reason: string): void => terminal.line("Prices", reason),
  };
}
