import { expect, test } from "vitest";
import { read } from "./tree.ts";

type LockedPackage = { readonly optionalDependencies?: Readonly<Record<string, string>> };

/**
 * npm leaves out of the lock file what it could not find for another platform, and then `npm ci` refuses the lock file
 * as out of date, there and here.
 */
test("the lock file has the packages of every platform", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, LockedPackage> };
  const names = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${name} of ${path}`),
  );
  expect(missing).toEqual([]);
});
