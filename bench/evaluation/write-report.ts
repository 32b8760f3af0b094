import { LEAST_OUTCOMES, type SignalKind } from "#signals";
import type { Evaluation } from "./evaluation.ts";
import type { Comparison, FeeEvaluation, NamedIntervalScore, TargetScore } from "../fees/evaluate-fees.ts";
import { BINS, type ClaimScore } from "./score-claims.ts";
import type { KindScore } from "./score-kinds.ts";
import { BLOCKS, EVALUATION_SEEDS, TUNING_SEEDS } from "./seeds.ts";
import { KIND_TRUTHS } from "./truth-of-kinds.ts";

/** Claims that a family needs before its skill means anything. */
const ENOUGH = 300;

const LEAST_RECALL = 0.9;
const LEAST_PRECISION = 0.95;

/** Looked up in single cases of the tuning seeds. */
const REASONS: Readonly<Partial<Record<SignalKind, string>>> = {
  "fee-spike": "the weakest spikes begin where little waits, and what they bid is mined before fees rise.",
  "mempool-flush": "some flushes begin with much that waits, so blocks stay full until they are over.",
  "hash-rate":
    "144 blocks tell a rate to a tenth at best, and a drop that begins while the one before is still compared with looks small.",
  "inflow-spike":
    "customers' moves bunch by chance, the more of them the higher fees and the slower blocks are; the budget allows one in a month, and an event in six days is as rare.",
  "outflow-spike":
    "customers' moves bunch by chance, the more of them the higher fees and the slower blocks are; the budget allows one in a month, and an event in six days is as rare.",
  "consolidation-wave":
    "when a flush empties the mempool, consolidations that waited for cheap room are mined at once.",
};

/** The page that anyone can make again with `npm run eval`. */
export function writeReport({
  blocks,
  kinds,
  claims,
  inHouse,
  duplicateRate,
  duplicateInsightRate,
  speed,
  fees,
  forecasts,
}: Evaluation): string {
  const staged = kinds.filter(({ kind }) => KIND_TRUTHS[kind].staged !== null);
  const rest = kinds.filter(({ kind }) => KIND_TRUTHS[kind].staged === null);
  return `# Evaluation

All figures of this page are of the simulated network, where the truth is written down; a real network may differ.

\`npm run eval\` makes it again. Detectors were tuned on seeds from 11 to 39 and on no other; what claims came to
was learnt from ${listOf(TUNING_SEEDS.staged)}. The evaluation reads ${thousands(blocks)} blocks of the demo density: ${thousands(BLOCKS.staged)} of each of the seeds ${listOf(EVALUATION_SEEDS.staged)},
on which everything is staged, and ${thousands(BLOCKS.quiet)} of each of ${listOf(EVALUATION_SEEDS.quiet)}, on which nothing is.

Sizes of some staged events were raised once, after first trials on tuning seeds had shown that the weakest of them differ in
nothing from what happens by itself: spikes from 3.8 to 6 times the wishes to 6 to 10, flushes from 8 to 20 % of them to 5 to
12 %, consolidation waves from 6 to 14 times to 8 to 16, whales from 20 to 45 transfers to 35 to 60, and drops of the hash
rate are shorter and deeper. Weaker events would be found less often. Everybody in the simulation who has a name is labelled;
where labels are missing, less is seen.

## What is staged

A signal is right when it falls into an event of its kind, at the same entity where there is one, up to the stated delay
after its end; one signal to one event. What happened by itself and is in the ledger (an excursion of demand, hash rate or of
an exchange's customers) makes one signal right as well, in each direction, and so does an event of another kind that moves the
same metric (a hash-rate drop lifts fees) or pays the same owner several times. Further signals of what was told are duplicates and
stand in no other column. An event that begins before anything could be told, or is not over at the end, counts neither way.
On these seeds something of that sort goes on at most times, so that chance alone would often be called right: where the two columns differ much, precision says less than it seems to. Strictly, only the first signal of a staged
event of its own kind is right. Prevalence is staged events in a hundred blocks.
Recall is asked to be 90 % or more, precision 95 %; where less stands here, the reason stands below. False alarms are counted on
the quiet seeds: signals of nothing that is in the ledger. The limit is the one-sided 95 % Poisson limit of the budget,
one in 4,320 blocks.

| kind | events | recall | precision | strictly | prevalence | delay, blocks | false alarms | in 30 days | limit | kept |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${staged.map(stagedRow).join("\n")}

${staged.flatMap((score) => [...shortfallOf(score), ...strictlyOf(score)]).join("\n")}

## What arises by chance

| kind | false alarms | in 30 days | limit | kept |
| --- | --- | --- | --- | --- |
${rest.map(restRow).join("\n")}

## Confidence

A claim about blocks to come carries the share of earlier claims of its kind and score that came true, learnt on the
tuning seeds alone. Skill is what its Brier score is better than that of the base rate: above 0 it knows something. The
calibration error is over ${BINS} bins of equal mass; of a forecaster who says the truth 97.5 % of the errors lie below the last column.
The skill of a family and of all together is against the base rate of each kind. Kinds with less than ${ENOUGH} claims say little, and
a skill below 0 is worse than the base rate. Kinds that learnt from less than ${LEAST_OUTCOMES} claims state no confidence and are not here.

| kind | claims | came true | Brier score | skill | calibration error | of a perfect one |
| --- | --- | --- | --- | --- | --- | --- |
${claims.map(claimRow).join("\n")}

![What was said and what came true](../images/reliability-simulated.svg)

## Fees

Everybody is asked every ten minutes what to pay, on ${fees.byRegime.length} stretches of ${thousands(BLOCKS.fees)} blocks each whose kind of times the
model was not made on: ${fees.byRegime.map(({ regime, seed }) => `${regime} (seed ${seed})`).join(", ")}. A miss is not mined in time; over is how much more than it took the others
paid, on average. Ours is the point of our own curve at the opponent's miss rate. [Forecasts](forecasts.md) says how it is made.

| opponent, within 3 blocks | ${fees.byRegime.map(({ regime }) => `${regime}: miss | over | ours`).join(" | ")} | all: miss | over | ours |
| --- | ${Array.from({ length: 3 * (fees.byRegime.length + 1) }, () => "---").join(" | ")} |
${feeRows(fees).join("\n")}

![Miss rate and over-payment of each, within 3 blocks](../images/fees-simulated.svg)

Intervals of the fee rate over all of them, in octaves; the score is Winkler's, the less the better, beside that of the
quantiles of the last 500 outcomes:

| target | nominal | coverage | mean width | score | rolling quantiles | forecasts |
| --- | --- | --- | --- | --- | --- | --- |
${fees.intervals.map(intervalRow).join("\n")}

## Other forecasts

What is forecast by blocks alone, along the seeds above: the pressure each 36 blocks, the next difficulty each 144. Widths
are in the unit, a ratio. The hash rate of the simulated network is staged to jump and come back, which the
difficulty's intervals do not know; [Forecasts](forecasts.md) tells how they do on the main network's hash rates.

| forecast | nominal | coverage | mean width | score | rolling quantiles | forecasts |
| --- | --- | --- | --- | --- | --- | --- |
${forecasts.map(intervalRow).join("\n")}

## Traps, duplicates, speed

An insight is a duplicate where another one of its kind has told its event, and where one of any kind tells of the same
transactions: where those that both cite make, by value, half and more of what either cites.

| | |
| --- | --- |
| in-house shuffles | ${inHouse.shuffles} |
| alarms that they raised | ${inHouse.alarms} |
| duplicate signals | ${percent(duplicateRate)} of those that were told |
| duplicate insights, those of one event merged and those that go on updated | ${(100 * duplicateInsightRate).toFixed(2)} % of those that were told |
| detection with ${speed.entities} entities, one core | ${thousands(speed.blocksPerSecond)} blocks a second |
`;
}

function stagedRow(score: KindScore): string {
  return row([
    page(score.kind),
    score.n,
    percent(score.recall),
    percent(score.precision),
    percent(score.strictPrecision),
    score.prevalence.toFixed(2),
    score.delayBlocks ?? "",
    ...alarms(score),
  ]);
}

/** A strict share so far below the precision makes the precision say little. */
const FAR_BELOW = 0.05;

/** What stands between precision and the strict share, where that is much. */
const STRICT_REASONS: Readonly<Partial<Record<SignalKind, string>>> = {
  "fee-spike":
    "the rest are excursions of demand, fees that a drop of the hash rate lifts, and further peaks of what was staged. Something of the sort goes on at most times, so the precision says nearly nothing; the strict share and the quiet seeds do.",
  "hash-rate":
    "the rest are excursions of the hash rate in either direction, which begin by themselves more often than drops are staged, on the quiet seeds too: precision says no more than that the hash rate did move.",
  "whale-accumulation": "the rest are owners whom events of other kinds paid several times.",
};

function strictlyOf({ kind, precision, strictPrecision }: KindScore): string[] {
  if (precision === null || strictPrecision === null || precision - strictPrecision <= FAR_BELOW) return [];
  const reason = STRICT_REASONS[kind] ?? "the reason is not known.";
  return [`- ${page(kind)}, strictly ${percent(strictPrecision)}: ${reason}`];
}

/** What falls short of what is asked, and what is known of the reason. */
function shortfallOf({ kind, recall, precision }: KindScore): string[] {
  const short = [
    ...(recall !== null && recall < LEAST_RECALL ? [`recall ${percent(recall)}`] : []),
    ...(precision !== null && precision < LEAST_PRECISION ? [`precision ${percent(precision)}`] : []),
  ];
  if (short.length === 0) return [];
  return [`- ${page(kind)}, ${short.join(" and ")}: ${REASONS[kind] ?? "the reason is not known."}`];
}

function restRow(score: KindScore): string {
  return row([page(score.kind), ...alarms(score)]);
}

/** Families that say something, and all claims. */
export function listDrawn(claims: readonly ClaimScore[]): readonly ClaimScore[] {
  return claims.filter((claim) => claim.of === "all" || (claim.of === "family" && claim.n >= ENOUGH));
}

function feeRows({ byRegime, pooled }: FeeEvaluation): string[] {
  const within3 = (targets: readonly TargetScore[]) => targets.find(({ target }) => target === 3)?.opponents ?? [];
  const columns = [...byRegime.map(({ measures }) => within3(measures[0]?.targets ?? [])), within3(pooled)];
  const names = columns.at(-1)?.map(({ estimator }) => estimator) ?? [];
  return names.map((name) => row([name, ...columns.flatMap((column) => feeCells(column, name))]));
}

function feeCells(column: readonly Comparison[], name: string): string[] {
  const found = column.find(({ estimator }) => estimator === name);
  if (found === undefined) return ["", "", ""];
  const ours = found.ours === null ? "out of reach" : `${percent(found.ours)}${found.less === true ? "" : " (more)"}`;
  return [percent(found.missRate), percent(found.meanOver), ours];
}

function intervalRow({ name, nominal, coverage, width, winkler, n, empirical }: NamedIntervalScore): string {
  const scores = [width, winkler, empirical.winkler].map((score) => score.toFixed(2));
  return row([name, percent(nominal), percent(coverage), ...scores, thousands(n)]);
}

function claimRow({ name, of, n, baseRate, brier, brierSkill, ece, eceOfPerfect }: ClaimScore): string {
  const skill = brierSkill === null ? "" : brierSkill.toFixed(3);
  const label = { kind: page(name), family: `family: ${name}`, all: "all of them" }[of];
  return row([label, n, percent(baseRate), brier.toFixed(3), skill, ece.toFixed(3), eceOfPerfect.toFixed(3)]);
}

function alarms({ falseAlarms, falseAlarmsPerMonth, limit, withinPoisson }: KindScore): (string | number)[] {
  return [falseAlarms, falseAlarmsPerMonth.toFixed(2), limit, withinPoisson ? "yes" : "no"];
}

function page(kind: string): string {
  return `[${kind}](../signals/${kind}.md)`;
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function percent(share: number | null): string {
  return share === null ? "" : `${(100 * share).toFixed(1)} %`;
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}

function listOf(seeds: readonly number[]): string {
  return `${seeds.slice(0, -1).join(", ")} and ${seeds.at(-1)}`;
}
