/**
 * A million synthetic labels compiled, and looked up beside a JavaScript Map of the same scripts as text: each table in
 * a process of its own, so that its memory can be measured. First every answer must be right, then lookups are timed:
 * one in ten scripts is labelled, as in blocks of an exchange's busy day.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { LabelTableFigures } from "./labels-table.ts";

const LABELS = 1_000_000;
const ROUNDS = 3;

function measure(table: "compiled" | "map"): LabelTableFigures {
  const script = join(import.meta.dirname, "labels-table.ts");
  const args = ["--expose-gc", script, table, String(LABELS)];
  const output = execFileSync(process.execPath, args, { encoding: "utf8" });
  return JSON.parse(output) as LabelTableFigures;
}

function best(rounds: readonly LabelTableFigures[]): LabelTableFigures {
  const sorted = rounds.toSorted((left, right) => right.lookupsPerSecond - left.lookupsPerSecond);
  const [, middle = sorted[0]] = sorted;
  assert.ok(middle !== undefined);
  return middle;
}

function print(name: string, { megabytes, lookupsPerSecond, buildSeconds }: LabelTableFigures): void {
  const perLabel = (megabytes * 1e6) / LABELS;
  console.log(
    `${name.padEnd(16)}${megabytes.toFixed(1).padStart(7)} MB, ${perLabel.toFixed(1).padStart(6)} bytes a label, ` +
      `${(lookupsPerSecond / 1e6).toFixed(2).padStart(6)} million lookups/s, built in ${buildSeconds.toFixed(1)} s`,
  );
}

export async function run(): Promise<Record<string, unknown>> {
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: measure("compiled"), map: measure("map") }));
  const ours = best(rounds.map((round) => round.ours));
  const map = best(rounds.map((round) => round.map));
  assert.equal(ours.found, map.found, "both tables find the same");
  assert.equal(ours.sum, map.sum, "both tables tell the same entities");
  print("compiled table", ours);
  print("Map of text", map);
  console.log(`memory by what the process holds more than before; median of ${ROUNDS} rounds by speed`);
  console.log(`a lookup allocates ${ours.allocatedPerLookup.toFixed(3)} bytes`);
  return {
    labels: LABELS,
    bytesPerLabel: Number(((ours.megabytes * 1e6) / LABELS).toFixed(1)),
    labelsMb: Number(ours.megabytes.toFixed(1)),
    lookupsPerSecond: Math.round(ours.lookupsPerSecond),
    ratioToMap: Number((ours.lookupsPerSecond / map.lookupsPerSecond).toFixed(2)),
    mapMb: Number(map.megabytes.toFixed(1)),
    allocatedPerLookup: Number(ours.allocatedPerLookup.toFixed(3)),
  };
}
