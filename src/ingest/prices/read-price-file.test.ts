import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { describePrices, readPriceFile } from "./read-price-file.ts";

const folder = mkdtempSync(join(tmpdir(), "utxoiq-prices-"));
const path = join(folder, "coin.CSV");

function read(text: string, currency = "USD") {
  writeFileSync(path, text);
  return readPriceFile(path, currency);
}

describe("a price file", () => {
  test.each([
    ["plain", "date,close\n2024-02-28,1\n2024-02-29,2.5\n2024-03-02,3e-8\n"],
    [
      "other columns, any order of rows, CRLF",
      "Close,x,DATE\r\n3e-8,,2024-03-02\r\n2.5,b,2024-02-29\r\n1,c,2024-02-28",
    ],
    [
      "byte order mark, quotes, spaces, blank lines",
      '\uFEFFdate, close\n\n"2024-02-28", 1.0\n2024-02-29,"2.50"\n\n2024-03-02,.00000003\n',
    ],
  ])("%s", async (_, text) => {
    const { series } = await read(text);
    expect(series).toMatchObject({ name: "coin", currency: "USD", firstDay: 19_781 });
    expect([...series.closes]).toEqual([1, 2.5, 0, 3e-8]);
    expect(describePrices(series)).toBe(
      `coin ${series.version}, USD, 3 days from 2024-02-28 to 2024-03-02; 1 day in between has none: 2024-03-01`,
    );
  });

  test("the version tells contents and currency apart, and nothing else", async () => {
    const first = await read("date,close\n2024-02-28,1\n");
    expect(first.series.version).toMatch(/^[0-9a-f]{12}$/);
    expect(await read("date,close\n2024-02-28,1\n")).toEqual(first);
    expect((await read("date,close\n2024-02-28,2\n")).series.version).not.toBe(first.series.version);
    const euros = await read("date,close\n2024-02-28,1\n", "EUR");
    expect(euros.series.version).not.toBe(first.series.version);
    expect(euros.sha256).toBe(first.sha256);
  });

  test.each([
    ["", "line 1: it is empty; expected a header row with date and close"],
    ["date,open\n2024-01-01,1\n", "line 1: the header row has no column close: date, open"],
    ["2024-01-01,1\n", "line 1: the header row has no column date: 2024-01-01, 1"],
    ["date,close\n", "line 2: there is no price after the header row"],
    [
      "date,close\n2024-01-01,1\n01.02.2024,1\n",
      'line 3: "01.02.2024" is no date, expected YYYY-MM-DD from 1970 to 2106',
    ],
    ["date,close\n\n2023-02-29,1\n", 'line 3: "2023-02-29" is no date'],
    ["date,close\n2024-02-30,1\n", 'line 2: "2024-02-30" is no date'],
    ["date,close\n2024-13-01,1\n", 'line 2: "2024-13-01" is no date'],
    ["date,close\n1969-12-31,1\n", 'line 2: "1969-12-31" is no date'],
    [
      "date,close\r\n2024-01-01,1\r\n2024-01-02,2\r\n2024-01-01,3\r\n",
      "line 4: 2024-01-01 has a price already, in line 2",
    ],
    ["date,close\n2024-01-01,one\n", 'line 2: "one" is no number'],
    ["date,close\n2024-01-01,0x10\n", 'line 2: "0x10" is no number'],
    ["date,close\n2024-01-01\n", 'line 2: "" is no number'],
    ['date,close\n2024-01-01,"1,000"\n', 'line 2: "1,000" is no number'],
    ["date,close\n2024-01-01,0\n", "line 2: a close of 0 is no price, expected more than 0 at eight decimals"],
    ["date,close\n2024-01-01,-5\n", "line 2: a close of -5 is no price"],
    ["date,close\n2024-01-01,1e-9\n", "line 2: a close of 1e-9 is no price"],
    ["date,close\n2024-01-01,1e999\n", "line 2: a close of 1e999 is no price"],
    ['date,close\n2024-01-01,1\n"2024-01-02,1\n', "line 3: no CSV: Quote Not Closed"],
  ])("%j is refused with its line", async (text, reason) => {
    const reading = read(text);
    await expect(reading).rejects.toMatchObject({ code: "INGEST_PRICE_FILE" });
    await expect(reading).rejects.toThrow(`${path}, ${reason}`);
  });

  test.each([
    [join(folder, "none.csv"), "it does not exist"],
    [folder, "it is no file"],
    ["/dev/zero", "it is no file"],
  ])("%s is refused by name", async (file, reason) => {
    await expect(readPriceFile(file, "USD")).rejects.toThrow(`cannot read the price file ${file}: ${reason}`);
  });
});

describeWithRealBlocks("real prices", ({ blocks }) => {
  test("of 15 years, without a gap", async () => {
    const { series } = await readPriceFile(join(blocks, "../series/btc_usd_daily_ohlc.csv"), "USD");
    expect(describePrices(series)).toBe(
      `btc_usd_daily_ohlc ${series.version}, USD, 5,695 days from 2010-07-12 to 2026-02-12`,
    );
    expect(series.closes.at(-1)).toBe(65_602.07);
  });
});
