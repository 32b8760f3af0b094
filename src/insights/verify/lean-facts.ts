import type { Slots } from "../insight.ts";
import type { Fact } from "./fact.ts";

const INFLOW = new RegExp(
  String.raw`\b(?:received|took in|taken in|has received)(?: a total of)? @|@ (?:came|come|in\b)(?!flow)`,
);
const OUTFLOW = new RegExp(String.raw`\b(?:sent|paid out|sends)(?: a total of)? @|@ (?:left|went out|out\b)`);
const NET = /\bnet\b[^@#.]*@/;
const NET_IN = /\bnet\b[^.:]*\b(?:came|come|inflow|gain|gained|received)\b/;
const NET_OUT = /\bnet\b[^.:]*\b(?:left|outflow|loss|lost|sent|paid)\b/;
const SECOND = /\b(?:against|to) @|#[^@]*@/;

/** Hours one way and the other, the coins that came and left, and what is left of them. */
export function leanFacts(slots: Slots): (Fact | undefined)[] {
  const [ups, downs] = [valueOf(slots, "ups"), valueOf(slots, "downs")];
  const [inflow, outflow] = [valueOf(slots, "inflow"), valueOf(slots, "outflow")];
  const hours = ["hours", "bare"];
  return [
    known({
      role: "ups",
      units: hours,
      value: ups,
      not: /\bagainst @|\breverse\b[^@.;]*@|\bbehind in @|\bbut in @|# to @/,
    }),
    known({ role: "downs", units: hours, value: downs, where: SECOND, not: /@ against/ }),
    known({ role: "inflow", units: ["sats"], value: inflow, where: INFLOW, not: NET }),
    known({ role: "outflow", units: ["sats"], value: outflow, where: OUTFLOW, not: NET }),
    known({
      role: "net",
      units: ["sats"],
      value: Math.abs(inflow - outflow),
      where: NET,
      not: inflow > outflow ? NET_OUT : NET_IN,
    }),
  ];
}

function valueOf(slots: Slots, role: string): number {
  const value = slots[role]?.value;
  return typeof value === "number" ? value : Number.NaN;
}

function known(fact: Fact): Fact | undefined {
  return Number.isFinite(fact.value) ? fact : undefined;
}
