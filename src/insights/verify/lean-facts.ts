import type { Slots } from "../insight.ts";
import { derived, type Fact, fact, number } from "./fact.ts";

const INFLOW = /\b(?:received|took in|taken in|has received)(?: a total of)? @|@ (?:came|come|in\b)(?!flow)/;
const OUTFLOW = /\b(?:sent|paid out|sends)(?: a total of)? @|@ (?:left|went out|out\b)/;
const NET = /\bnet\b[^@#.]*@/;
const NET_IN = /\bnet\b[^.:]*\b(?:came|come|inflow|gain|gained|received)\b/;
const NET_OUT = /\bnet\b[^.:]*\b(?:left|outflow|loss|lost|sent|paid)\b/;
const SECOND = /\b(?:against|to) @|#[^@]*@/;

/** Hours one way and the other, the coins that came and left, and what is left of them. */
export function leanFacts(slots: Slots): (Fact | undefined)[] {
  const [inflow, outflow] = [number(slots, "inflow"), number(slots, "outflow")];
  const hours = ["hours", "bare"];
  return [
    fact(slots, "ups", hours, { not: /\bof the @|\bagainst @|\breverse\b[^@.;]*@|\bbehind in @|\bbut in @|# to @/ }),
    fact(slots, "downs", hours, { where: SECOND, not: /@ against/ }),
    fact(slots, "hours", ["hours"], { where: /\bof the @/ }),
    fact(slots, "each", ["blocks"], { where: /\bof the # of @|\bhours of @/ }),
    fact(slots, "inflow", ["sats"], { where: INFLOW, not: NET }),
    fact(slots, "outflow", ["sats"], { where: OUTFLOW, not: NET }),
    derived("net", Math.abs(inflow - outflow), {
      units: ["sats"],
      where: NET,
      not: inflow > outflow ? NET_OUT : NET_IN,
    }),
  ];
}
