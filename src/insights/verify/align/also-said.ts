import type { SignalKind } from "#signals";
import type { Slots } from "../../insight.ts";

type Extras = {
  /** Words that may stand beside those of any sentence that states something. */
  readonly words?: string;
  /** What its evidence backs and its own text may leave out, with `#` for numbers. */
  readonly sentences?: readonly string[];
};

const FLOW: Extras = { words: "coins labelled addresses usual total" };
const LEAN: Extras = {
  words: "coins labelled addresses usual net behind less reverse held others fell inflow outflow come leave",
};

const EXTRAS: Partial<Readonly<Record<SignalKind, Extras>>> = {
  "fee-spike": {
    words: "median rate level usual far above",
    sentences: [
      "transactions that pay # may wait take longer than before to confirm",
      "paying # may mean a longer wait",
    ],
  },
  "fee-level": { words: "median rate fees day usual before" },
  "mempool-flush": { words: "empty unused" },
  "hash-rate": { words: "network before usual", sentences: ["the hash rate is # lower higher"] },
  "block-interval": { words: "previous usual wait hour find" },
  "block-fullness": { words: "usual weight only far below above before" },
  "empty-block": {
    words: "mined all comes expected usual",
    sentences: ["empty blocks confirm no waiting transactions"],
  },
  "pool-run": { words: "share recent expected usual more" },
  "large-transfer": {
    words: "coins addresses in one transaction",
    sentences: [
      "it joins # into # output , spent # and paid a fee of # in one transaction",
      "no fee was paid , and # spent",
    ],
  },
  "dormant-coins": {
    words: "lay still transaction coins unlabelled owner average",
    sentences: ["it may be a payment or a move between wallets of the same owner"],
  },
  "coin-days-destroyed": { words: "coins transaction largest part comes lay average destroyed" },
  "revived-supply": { words: "coins transaction most lay revived" },
  dormancy: { words: "lay still dormancy coins rose" },
  "inscription-wave": { words: "inscriptions made" },
  "consolidation-wave": { words: "consolidations rose ran" },
  "coinjoin-wave": { words: "coinjoin-like transactions look like usual found numbered rose one" },
  "inflow-spike": FLOW,
  "outflow-spike": FLOW,
  "inflow-streak": LEAN,
  "outflow-streak": LEAN,
  "whale-accumulation": LEAN,
  "whale-distribution": LEAN,
  "reserve-change": { words: "reserve holds more less usual change before bitcoin" },
  "treasury-sale": { words: "coins usual" },
  "miner-payout": { words: "coins usual" },
  "pool-tag-mismatch": {
    words: "belongs different payout",
    sentences: [
      "the block is counted for the address that was paid",
      "block # is counted for SUBJECT , the payout is paid to SUBJECT",
    ],
  },
};

/** What a text about a kind may say beside what its own template says of it. */
export function extrasOf(kind: SignalKind, { fee, sender, winner }: Slots): { words: string[]; sentences: string[] } {
  const { words = "", sentences = [] } = EXTRAS[kind] ?? {};
  const isBetweenTwo = kind === "large-transfer" && sender !== undefined && winner !== undefined;
  return {
    words: words.split(" ").filter((word) => word !== ""),
    sentences: [
      ...sentences.filter((sentence) => fee?.value === 0 || !sentence.startsWith("no fee")),
      ...(isBetweenTwo
        ? ["# moved between two labelled different owners", "the two are labelled as different owners"]
        : []),
    ],
  };
}
