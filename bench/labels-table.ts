/** One table of labels in a process of its own: built, asserted, timed. Prints its figures as one JSON object. */
import assert from "node:assert/strict";
import { LabelCompiler } from "#labels";

export type LabelTableFigures = {
  readonly megabytes: number;
  readonly buildSeconds: number;
  readonly lookupsPerSecond: number;
  readonly allocatedPerLookup: number;
  /** Of the scripts that were looked up: how many are labelled, and the sum of their entities' numbers. */
  readonly found: number;
  readonly sum: number;
};

/** What a table says of its own memory, where it can tell. */
type Built = { readonly lookup: Lookup; readonly bytes?: number };
type Lookup = (bytes: Uint8Array, start: number, end: number) => number;

const ENTITIES = 1_000;
const LOOKUPS = 400_000;
const ROUNDS = 20;
/** Of a hundred labels: as many of each script type. p2wsh and p2tr have the long payloads. */
const TYPES = [
  { share: 35, before: [0x76, 0xa9, 20], size: 20, after: [0x88, 0xac] },
  { share: 25, before: [0xa9, 20], size: 20, after: [0x87] },
  { share: 30, before: [0, 20], size: 20, after: [] },
  { share: 5, before: [0, 32], size: 32, after: [] },
  { share: 5, before: [0x51, 32], size: 32, after: [] },
];
const TYPE_OF = TYPES.flatMap((type) => Array.from({ length: type.share }, () => type));

/** The same script for the same number everywhere: payloads as even as hashes are (splitmix32). */
function scriptOf(number: number): Uint8Array {
  const type = TYPE_OF[number % 100] ?? TYPES[0];
  assert.ok(type !== undefined);
  const script = new Uint8Array(type.before.length + type.size + type.after.length);
  script.set(type.before);
  let state = number;
  for (let index = 0; index < type.size; index += 1) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    script[type.before.length + index] = mixed ^ (mixed >>> 15);
  }
  script.set(type.after, type.before.length + type.size);
  return script;
}

function buildCompiled(labels: number): Built {
  const compiler = new LabelCompiler();
  for (let number = 0; number < labels; number += 1) {
    const actor = String(number % ENTITIES);
    compiler.add({ script: scriptOf(number), tag: null, actor, kind: "exchange", confidence: null, edited: null });
  }
  const compiled = compiler.finish(1);
  assert.equal(compiled.entities.length, ENTITIES);
  return { lookup: (bytes, start, end) => compiled.entityOf(bytes, start, end), bytes: compiled.bytes };
}

function buildMap(labels: number): Built {
  const map = new Map<string, number>();
  const textOf = (bytes: Uint8Array, start: number, end: number): string =>
    Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
  for (let number = 0; number < labels; number += 1) {
    const script = scriptOf(number);
    map.set(textOf(script, 0, script.length), number % ENTITIES);
  }
  return { lookup: (bytes, start, end) => map.get(textOf(bytes, start, end)) ?? -1 };
}

function collectGarbage(): void {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
}

/** Heap and typed arrays. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Scripts one after the other, as in a block: one in ten is labelled. */
function writeScripts(labels: number): { readonly bytes: Uint8Array; readonly ends: Uint32Array } {
  const ends = new Uint32Array(LOOKUPS);
  const scripts = Array.from({ length: LOOKUPS }, (_, index) =>
    scriptOf(index % 10 === 0 ? (index * 7_919) % labels : labels + index),
  );
  const bytes = Uint8Array.from(Buffer.concat(scripts));
  let end = 0;
  for (const [index, script] of scripts.entries()) ends[index] = end += script.length;
  return { bytes, ends };
}

function lookUp(lookup: Lookup, { bytes, ends }: ReturnType<typeof writeScripts>): { found: number; sum: number } {
  let found = 0;
  let sum = 0;
  let start = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const end = ends[index] ?? 0;
    const entity = lookup(bytes, start, end);
    if (entity >= 0) {
      found += 1;
      sum += entity;
    }
    start = end;
  }
  return { found, sum };
}

function measure(build: (labels: number) => Built, labels: number): LabelTableFigures {
  const before = usedBytes();
  const started = performance.now();
  const { lookup, bytes } = build(labels);
  const buildSeconds = (performance.now() - started) / 1_000;
  // What was there before may be given back meanwhile, so a table's own word counts where it says more.
  const megabytes = Math.max(usedBytes() - before, bytes ?? 0) / 1e6;
  for (let number = 0; number < labels; number += 1) {
    const script = scriptOf(number);
    assert.equal(lookup(script, 0, script.length), number % ENTITIES, `label ${number}`);
  }
  const scripts = writeScripts(labels);
  const answer = lookUp(lookup, scripts);
  assert.equal(answer.found, LOOKUPS / 10, "one in ten is labelled");
  collectGarbage();
  const heap = process.memoryUsage().heapUsed;
  const timed = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) lookUp(lookup, scripts);
  const seconds = (performance.now() - timed) / 1_000;
  const allocated = Math.max(0, process.memoryUsage().heapUsed - heap);
  const lookups = LOOKUPS * ROUNDS;
  return {
    ...answer,
    megabytes,
    buildSeconds,
    lookupsPerSecond: lookups / seconds,
    allocatedPerLookup: allocated / lookups,
  };
}

const [table, labels] = process.argv.slice(2);
const figures = measure(table === "map" ? buildMap : buildCompiled, Number(labels));
process.stdout.write(JSON.stringify(figures));
