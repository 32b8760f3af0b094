import { expect, test } from "vitest";
import { readConfig } from "#config";
import { publicationOf } from "./publication-of.ts";

test("everything is published unless kinds are listed", () => {
  expect(publicationOf(readConfig({}, {}))).toEqual({ kinds: null, leastSurprise: 0, leastConfidence: 0 });
  const { kinds, ...least } = publicationOf(
    readConfig({ publishKinds: "fee-spike, hash-rate", publishSurprise: "99", publishConfidence: "50" }, {}),
  );
  expect([...(kinds ?? [])]).toEqual(["fee-spike", "hash-rate"]);
  expect(least).toEqual({ leastSurprise: 99, leastConfidence: 50 });
});

test("a kind that is none is refused by name", () => {
  expect(() => publicationOf(readConfig({ publishKinds: "fee-spike,whales" }, {}))).toThrow(
    '--publish-kinds: no kind is called "whales"; there are fee-spike, ',
  );
});
