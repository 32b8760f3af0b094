import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Label } from "#labels";

/** Published label files, outside the repository, in the folder `labels` of `UTXOIQ_TEST_DATA`. */
export type RealLabels = {
  /** One file of the folder by its name. */
  path(name: string): string;
  readonly tagPacks: readonly string[];
};

const HOW = "set UTXOIQ_TEST_DATA to a folder with labels/; CONTRIBUTING.md tells more";

/** Where the folder is missing such tests are skipped, with UTXOIQ_REQUIRE_TEST_DATA=1 or in CI they fail. */
export function describeWithRealLabels(name: string, body: (real: RealLabels) => void): void {
  const folder = join(process.env["UTXOIQ_TEST_DATA"] ?? "", "labels");
  const packs = join(folder, "tagpacks");
  const required = (process.env["UTXOIQ_REQUIRE_TEST_DATA"] ?? process.env["CI"] ?? "0") !== "0";
  describe(name, () => {
    if (process.env["UTXOIQ_TEST_DATA"] !== undefined && existsSync(packs)) {
      const tagPacks = readdirSync(packs).map((file) => join(packs, file));
      body({ path: (file) => join(folder, file), tagPacks });
      return;
    }
    test.skipIf(!required)(`needs real labels: ${HOW}`, () => expect.fail(HOW));
  });
}

/** Addresses of the TagPacks by `<actor>,<category>`, as the folder's own summary counts them. */
export function readSummary(real: RealLabels): Map<string, number> {
  const rows = parse(readFileSync(real.path("summary.csv"))).slice(1);
  expect(rows).toHaveLength(364);
  return new Map(rows.map(([entity, category, count]) => [`${entity},${category}`, Number(count)]));
}

/** The same of labels. The summary counts under the abuse where there is one. */
export function countAddresses(
  labels: readonly Pick<Label, "actor" | "category" | "abuse" | "address">[],
): Map<string, number> {
  const groups = Map.groupBy(
    labels,
    ({ actor, category, abuse }) => `${actor},${abuse === null ? (category ?? "") : `abuse:${abuse}`}`,
  );
  return new Map([...groups].map(([name, group]) => [name, new Set(group.map(({ address }) => address)).size]));
}
