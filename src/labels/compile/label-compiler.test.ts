import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyOfActor } from "../actor-key.ts";
import { LABEL_KINDS } from "../entity-kinds.ts";
import { isNamedBefore, precedenceOf } from "../precedence.ts";
import { labelsOfPortable } from "./compiled-labels.ts";
import { LabelCompiler, type LabelToCompile } from "./label-compiler.ts";

type Owner = Omit<LabelToCompile, "script" | "tag">;

const OWNER: Owner = { actor: "someone", kind: "exchange", confidence: null, edited: null };

function compile(labels: readonly (Partial<LabelToCompile> & Pick<LabelToCompile, "actor">)[]): {
  ownerOf: (script: Uint8Array) => string | undefined;
  compiled: ReturnType<LabelCompiler["finish"]>;
} {
  const compiler = new LabelCompiler();
  for (const label of labels) compiler.add({ ...OWNER, script: null, tag: null, ...label });
  const compiled = compiler.finish(7);
  return {
    compiled,
    ownerOf: (script) => {
      const entity = compiled.entities[compiled.entityOf(script, 0, script.length)];
      return entity && `${entity.actor} ${entity.kind}`;
    },
  };
}

const SCRIPT = Uint8Array.of(0, 20, ...Array.from({ length: 20 }, (_, index) => index));

describe("a script that is claimed for several entities goes to", () => {
  const cases: [string, (Partial<Owner> & Pick<Owner, "actor">)[], string][] = [
    [
      "the higher confidence",
      [
        { actor: "a", confidence: "web_crawl" },
        { actor: "b", confidence: "ownership" },
      ],
      "b",
    ],
    [
      "the word of the operator",
      [
        { actor: "a", confidence: "ownership" },
        { actor: "b", confidence: "override" },
      ],
      "b",
    ],
    [
      "the newer edition",
      [
        { actor: "a", edited: "2020-01-01" },
        { actor: "b", edited: "2021-12-31" },
      ],
      "b",
    ],
    [
      "the higher confidence though it is older",
      [
        { actor: "a", edited: "2025-01-01" },
        { actor: "b", confidence: "forensic", edited: "2011-01-01" },
      ],
      "b",
    ],
    ["one with a date before one without", [{ actor: "a" }, { actor: "b", edited: "2021-12-31" }], "b"],
    ["the smaller name", [{ actor: "b" }, { actor: "a" }], "a"],
    ["the smaller name in small letters and without signs", [{ actor: "B" }, { actor: "a.-" }], "a.-"],
  ];

  test.each(cases)("%s", (_, claims, winner) => {
    for (const order of [claims, claims.toReversed()]) {
      const { ownerOf } = compile(order.map((claim) => ({ ...claim, script: SCRIPT })));
      expect(ownerOf(SCRIPT)).toBe(`${winner} exchange`);
    }
  });
});

test("a pool is found by what it is paid to though the script is an exchange's by better knowledge", () => {
  const { compiled, ownerOf } = compile([
    { actor: "binance", kind: "exchange", confidence: "ownership", script: SCRIPT },
    { actor: "Binance Pool", kind: "pool", script: SCRIPT },
  ]);
  expect(ownerOf(SCRIPT)).toBe("binance exchange");
  expect(compiled.poolByPayoutScript(SCRIPT)).toBe("Binance Pool");
  expect(compiled.poolByPayoutScript(SCRIPT.subarray(1))).toBeUndefined();
  expect(compiled.version).toBe(7);
});

test("of several tags in one coinbase the longest tells the pool", () => {
  const { compiled } = compile([
    { actor: "Slush", tag: "/s/" },
    { actor: "Both", tag: "/s/long/" },
  ]);
  expect(compiled.poolByCoinbaseText("x/s/long/y")).toBe("Both");
  expect(compiled.poolByCoinbaseText("x/s/y")).toBe("Slush");
  expect(compiled.poolByCoinbaseText("nothing")).toBeUndefined();
  const shared = labelsOfPortable(structuredClone(compiled.share()));
  expect(["x/s/long/y", "x/s/y", "nothing"].map(shared.poolByCoinbaseText)).toEqual(["Both", "Slush", undefined]);
});

test("an actor that is spelled in several ways is one, and goes by the spelling that came first", () => {
  const { compiled, ownerOf } = compile([
    { actor: "F2Pool", kind: "pool", tag: "F2" },
    { actor: "f2pool", kind: "pool", script: SCRIPT, confidence: "ownership" },
    { actor: "F2-pool", kind: "exchange", script: SCRIPT },
  ]);
  expect(ownerOf(SCRIPT)).toBe("F2Pool pool");
  expect(compiled.entities).toEqual([
    { actor: "F2Pool", kind: "pool" },
    { actor: "F2Pool", kind: "exchange" },
  ]);
  expect([compiled.poolByPayoutScript(SCRIPT), compiled.poolByCoinbaseText("/F2/")]).toEqual(["F2Pool", "F2Pool"]);
});

test("a pool that is written with the word and without is one, whichever came first, and its exchange is another", () => {
  const labels = [
    { actor: "binance", kind: "pool", script: SCRIPT },
    { actor: "Binance Pool", kind: "pool", tag: "/Binance/" },
    { actor: "Pool of Binance", kind: "exchange", script: SCRIPT.with(5, 9) },
  ] as const;
  for (const [order, name] of [
    [labels, "binance"],
    [[labels[1], labels[0], labels[2]], "Binance Pool"],
  ] as const) {
    const { compiled, ownerOf } = compile(order);
    expect(compiled.poolByPayoutScript(SCRIPT)).toBe(name);
    expect(compiled.poolByCoinbaseText("x/Binance/")).toBe(name);
    expect(ownerOf(SCRIPT.with(5, 9))).toBe("Pool of Binance exchange");
  }
});

test("each script's label says how sure it is, by its own word, and one without a word says nothing", () => {
  const { compiled } = compile([
    { actor: "a", script: SCRIPT, confidence: "web_crawl" },
    { actor: "b", script: SCRIPT, confidence: "service_data" },
    { actor: "c", script: SCRIPT.with(5, 9), confidence: "override" },
    { actor: "d", script: SCRIPT.with(5, 10) },
    { actor: "e", script: Uint8Array.of(0x51, 0x87), confidence: "heuristic" },
  ]);
  const shared = labelsOfPortable(structuredClone(compiled.share()));
  for (const labels of [compiled, shared]) {
    const certaintyOf = (script: Uint8Array) => labels.certaintyOf(script, 0, script.length);
    const scripts = [SCRIPT, SCRIPT.with(5, 9), SCRIPT.with(5, 10), Uint8Array.of(0x51, 0x87), SCRIPT.with(5, 11)];
    expect(scripts.map(certaintyOf)).toEqual([0.7, 1, undefined, 0.1, undefined]);
  }
});

const payload = (size: number): fc.Arbitrary<number[]> =>
  // Few different bytes, so that many payloads are nearly the same.
  fc.array(fc.constantFrom(0, 1, 255), { minLength: size, maxLength: size });

const scripts = fc.oneof(
  payload(20).map((bytes) => [0x76, 0xa9, 20, ...bytes, 0x88, 0xac]),
  payload(20).map((bytes) => [0xa9, 20, ...bytes, 0x87]),
  payload(20).map((bytes) => [0, 20, ...bytes]),
  payload(32).map((bytes) => [0, 32, ...bytes]),
  payload(32).map((bytes) => [0x51, 32, ...bytes]),
  payload(65).map((bytes) => [65, ...bytes, 0xac]),
  // Nearly one of the forms, and not.
  payload(20).map((bytes) => [0x51, 20, ...bytes]),
  payload(20).map((bytes) => [0x76, 0xa9, 20, ...bytes, 0x88, 0xad]),
  fc.array(fc.constantFrom(0, 20, 0x51, 0xa9), { maxLength: 40 }),
);

const owners = fc.record({
  actor: fc.constantFrom("a", "b", "B", "b.", "c"),
  kind: fc.constantFrom(...LABEL_KINDS),
  confidence: fc.constantFrom(null, "ownership", "heuristic"),
  edited: fc.constantFrom(null, "2020-01-01", "2024-06-30"),
});

function named({ actor, kind }: Owner): { key: string; kind: string } {
  return { key: keyOfActor(actor), kind };
}

/** The same rule over a plain Map. */
function choosePlainly(labels: readonly { script: number[]; owner: Owner }[]): Map<string, Owner> {
  const chosen = new Map<string, Owner>();
  for (const { script, owner } of labels) {
    const held = chosen.get(script.join());
    const better = held === undefined ? 1 : precedenceOf(owner) - precedenceOf(held);
    if (held === undefined || better > 0 || (better === 0 && isNamedBefore(named(owner), named(held))))
      chosen.set(script.join(), owner);
  }
  const names = new Map(labels.toReversed().map(({ owner }) => [keyOfActor(owner.actor), owner.actor]));
  return new Map(
    [...chosen].map(([script, owner]) => [script, { ...owner, actor: names.get(named(owner).key) ?? "" }]),
  );
}

test("finds exactly what a plain Map finds, anywhere in a block", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ script: scripts, owner: owners }), { maxLength: 60 }),
      fc.array(scripts, { maxLength: 20 }),
      fc.nat(9),
      (labels, others, shift) => {
        const { compiled } = compile(
          labels.map(({ script, owner }) => ({ ...owner, script: Uint8Array.from(script) })),
        );
        const chosen = choosePlainly(labels);
        expect(compiled.scripts).toBe(chosen.size);
        const shared = labelsOfPortable(structuredClone(compiled.share()));
        expect([shared.scripts, shared.entities, shared.version]).toEqual([chosen.size, compiled.entities, 7]);
        for (const script of [...labels.map((label) => label.script), ...others]) {
          const block = Uint8Array.of(...Array(shift).fill(0xa9), ...script, 0x87, 0xac);
          const { actor, kind } = chosen.get(script.join()) ?? {};
          const index = compiled.entityOf(block, shift, shift + script.length);
          expect(shared.entityOf(block, shift, shift + script.length)).toBe(index);
          expect(compiled.entities[index] ?? {}).toEqual(actor === undefined ? {} : { actor, kind });
        }
      },
    ),
  );
});
