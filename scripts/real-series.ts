/**
 * What the detectors find in the real daily series of the folder of test data: `UTXOIQ_TEST_DATA=… node
 * scripts/real-series.ts` writes docs/reference/real-series.md.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeRealSeriesPage } from "./real-series/write-page.ts";

const folder = process.env["UTXOIQ_TEST_DATA"] ?? "";

if (existsSync(join(folder, "series"))) {
  const page = join(import.meta.dirname, "../docs/reference/real-series.md");
  writeFileSync(page, await writeRealSeriesPage(folder));
  process.stdout.write(`${page}\n`);
} else {
  process.stderr.write("There is no series to look at: set UTXOIQ_TEST_DATA (CONTRIBUTING.md tells more).\n");
  process.exitCode = 1;
}
