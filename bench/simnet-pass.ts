/**
 * A process of its own, so that its memory is its own: makes a simulated chain of one density up to a height, as
 * `digest` does with its SHA-256, or from another height on, timed. Prints one JSON object.
 */
import { advance, createWorld, DENSITIES } from "#chain";
import { SimnetDigest } from "../test/helpers/simnet-digest.ts";

export type SimnetPass = {
  /** Those of branches that lost included. */
  readonly blocks: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly rssPeakMb: number;
  /** After each tenth of the blocks. */
  readonly rssMb: readonly number[];
  /** Of `digest` alone. */
  readonly sha256?: string;
};

const [task = "", seed = "", density = "", from = "", to = ""] = process.argv.slice(2);
const world = createWorld(Number(seed), DENSITIES[density === "realistic" ? "realistic" : "demo"]);
const digest = task === "digest" ? new SimnetDigest() : undefined;
const [first, last] = [Number(from), Number(to)];

/** What happens until the tip is at this height; the ledger is for nobody here. */
function make(height: number): { blocks: number; bytes: number } {
  const made = { blocks: 0, bytes: 0 };
  while (world.tip.height < height) {
    for (const happening of advance(world)) {
      digest?.add(happening);
      if (happening.type === "disconnect") continue;
      made.blocks += 1;
      made.bytes += happening.block.bytes.length;
    }
    world.ledger.entries.length = 0;
  }
  return made;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

make(first);
const started = performance.now();
const total = { blocks: 0, bytes: 0 };
const rssMb: number[] = [];
for (let tenth = 1; tenth <= 10; tenth += 1) {
  const { blocks, bytes } = make(first + Math.round(((last - first) * tenth) / 10));
  total.blocks += blocks;
  total.bytes += bytes;
  rssMb.push(megabytes(process.memoryUsage.rss()));
}
const seconds = (performance.now() - started) / 1_000;
const rssPeakMb = megabytes(process.resourceUsage().maxRSS * 1_024);
const sha256 = digest?.hex();
console.log(JSON.stringify({ ...total, seconds, rssPeakMb, rssMb, ...(sha256 === undefined ? {} : { sha256 }) }));
