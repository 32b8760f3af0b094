import { expect, test } from "vitest";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";
import { tagsOf } from "./tags.ts";

const [stored] = storedBlock(0).insights;
if (stored === undefined) throw new Error("a stored block has an insight");

test("tags are the category, the kinds and whom it names, each once", () => {
  const name = { unit: "name", value: "Acme" } as const;
  const evidence = {
    ...stored.evidence,
    subject: { actor: "Acme", kind: "exchange" as const },
    also: ["dormancy" as const],
    slots: { subject: name, winner: name, sender: { unit: "name", value: "Bob" } as const },
  };
  expect(tagsOf({ ...stored, kind: "fee-spike", category: "mempool", evidence })).toEqual([
    "mempool",
    "fee-spike",
    "dormancy",
    "Acme",
    "Bob",
  ]);
});
