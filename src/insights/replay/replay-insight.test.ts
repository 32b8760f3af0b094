import { describe, expect, test } from "vitest";
import { COIN, type Txid } from "#bitcoin";
import { canonicalDigest, sha256 } from "#lib";
import { type BlockRow, Detection, DETECTORS, type EventUpdate, lookBackOf, type Signal } from "#signals";
import { eventfulRows } from "../../../test/helpers/eventful-rows.ts";
import { pseudoRandom } from "../../../test/helpers/pseudo-random.ts";
import { hashOf } from "../../../test/helpers/stored-blocks.ts";
import { composeInsight } from "../compose-insight.ts";
import { composeUpdate } from "../compose-update.ts";
import type { Insight } from "../insight.ts";
import { mergeInsights } from "../merge-insights.ts";
import { bundleRowOf } from "./bundle-row-of.ts";
import type { InsightBundle } from "./insight-bundle.ts";
import { parseBundle } from "./parse-bundle.ts";
import { lookBackOfKind } from "../look-back-of-kind.ts";
import { replayInsight } from "./replay-insight.ts";
import { listChangedParts, sealBundle } from "./seal-bundle.ts";
import { writeBundle } from "./write-bundle.ts";

const rows = withOldCoins(eventfulRows(lookBackOf(DETECTORS) + 900));
const whole = new Detection();
const updates: EventUpdate[] = [];
const told: Signal[] = [];
/** As a node publishes them: what tells of one spending is one. */
const published: Insight[] = [];
for (const row of rows) {
  const signals = whole.take(row);
  updates.push(...whole.updates);
  told.push(...signals);
  const context = { blockTime: row.features.time, simulated: true, sha256 };
  published.push(...mergeInsights(signals.map((signal) => composeInsight(signal, context))));
}
/** Of each kind the newest: what it follows from is longest gone from the first blocks. */
const newest = [...new Map(told.map((signal) => [signal.kind, signal])).values()];
const insights = [...new Map(published.map((insight) => [insight.kind, insight])).values()];

/** In the last block very old coins go through two hands. */
function withOldCoins(made: readonly BlockRow[]): readonly BlockRow[] {
  const last = made.at(-1);
  const transfer = last?.transfers[0];
  if (last === undefined || transfer === undefined) throw new Error("each block has a transfer");
  const value = 900_000 * COIN;
  const nobody = { from: null, to: null, kind: null } as const;
  const old = { ...transfer, ...nobody, value, totalIn: value, totalOut: value, toValue: value, coinAgeDays: 3_000 };
  const passedOn = {
    ...old,
    txid: hashOf("passed on") as string as Txid,
    txIndex: old.txIndex + 1,
    inputs: 1,
    coinAgeDays: 0,
  };
  const features = { ...last.features, coin_days_destroyed: 3_000 * 900_000, revived_supply: value };
  return [...made.slice(0, -1), { ...last, features, transfers: [old, passedOn] }];
}

type Made = { readonly changes?: Partial<InsightBundle>; readonly lookBack?: number };

/** A bundle as a node writes it, as text. */
function bundleOf(found: Signal | EventUpdate | Insight, { changes = {}, lookBack }: Made = {}): string {
  const insight = { ...insightOf(found) };
  const { height, kind } = insight;
  const first = Math.max(0, height - (lookBack ?? lookBackOfKind(kind)));
  const block = first === 0 ? null : { height: first - 1, hash: hashOf("below"), bits: 0x207f_ffff };
  const head = {
    format: 1,
    program: "0.0.1",
    chain: { network: "simnet", chainId: "simnet:7", simulated: true },
    insight,
    connected: true,
    labelVersion: 0,
    base: { block, parentTimes: [] },
    observedByThisNode: { calibration: null },
    ...changes,
  } as const;
  return writeBundle(sealBundle(head, rows.slice(first, height + 1).map(bundleRowOf), canonicalDigest));
}

function insightOf(found: Signal | EventUpdate | Insight): Insight {
  if ("id" in found) return found;
  const { height } = "now" in found ? found.now : found;
  const context = { blockTime: rows[height]?.features.time ?? 0, simulated: true, sha256 };
  return "now" in found ? composeUpdate(found, context) : composeInsight(found, context);
}

function parse(text: string): InsightBundle {
  const parsed = parseBundle(text);
  if ("fault" in parsed) throw new Error(parsed.fault);
  return parsed.bundle;
}

function faultOf(text: string): string {
  const parsed = parseBundle(text);
  return "fault" in parsed ? parsed.fault : "none";
}

const spike = newest.find(({ kind }) => kind === "fee-spike") as Signal;
const text = bundleOf(spike);
/** Of a node whose blocks begin just before. */
const short = bundleOf(spike, { lookBack: 30 });

describe("a bundle", () => {
  test.each(insights.map((insight) => [insight.kind, insight] as const))("of %s gives its insight again", (_, told) => {
    const bundle = parse(bundleOf(told));
    expect(replayInsight(bundle, { sha256 })).toMatchObject({ insight: bundle.insight, differences: [] });
    expect(listChangedParts(bundle, canonicalDigest)).toEqual([]);
  });

  const grown = [...new Map(updates.map((update) => [update.now.kind, update])).values()];

  test.each(grown.map((update) => [update.now.kind, update] as const))(
    "of an event of %s that has gone on gives its insight again, as it stands now",
    (_, update) => {
      const bundle = parse(bundleOf(update));
      expect(bundle.insight.height).toBeGreaterThan(update.first.height);
      expect(replayInsight(bundle, { sha256 })).toMatchObject({ insight: bundle.insight, differences: [] });
    },
  );

  test("gives again which block it begins with, how sure labels were, and what it cites of the blocks before", () => {
    const signal = newest.find(({ kind }) => kind === "inflow-spike") as Signal;
    const first = Math.max(0, signal.height - lookBackOfKind(signal.kind));
    const sure = rows.slice(first, signal.height + 1).map((row): (typeof rows)[number] => ({
      ...row,
      flows: { ...row.flows, entities: row.flows.entities.map((flow) => ({ ...flow, certainty: 0.7 })) },
    }));
    const detection = new Detection(DETECTORS.filter(({ kind }) => kind === signal.kind));
    for (const row of sure) detection.take(row);
    const { recollection } = detection;
    const context = { blockTime: sure.at(-1)?.features.time ?? 0, simulated: true, recollection, sha256 };
    const insight = composeInsight(signal, context);
    expect(insight.evidence).toMatchObject({
      begins: { height: signal.startHeight, hash: rows[signal.startHeight]?.features.blockhash },
      attribution: { certainty: 0.7, parties: [{ actor: signal.subject?.actor, certainty: 0.7 }] },
    });
    const { rows: _, digest: __, ...head } = parse(bundleOf(signal));
    const bundle = sealBundle({ ...head, insight: { ...insight } }, sure.map(bundleRowOf), canonicalDigest);
    expect(replayInsight(parse(writeBundle(bundle)), { sha256 }).differences).toEqual([]);
    const lessSure = { ...insight.evidence, attribution: { certainty: 0.9, parties: [] } };
    const changed = { ...bundle, insight: { ...bundle.insight, evidence: lessSure } };
    expect(replayInsight(changed, { sha256 }).differences).not.toEqual([]);
  });

  test("is of events that go on, too", () => expect(grown.length).toBeGreaterThan(2));

  test("is of these kinds, and of an insight of one spending that several kinds tell and that was passed on", () => {
    expect(insights.map(({ kind }) => kind).toSorted()).toEqual([
      "block-interval",
      "empty-block",
      "fee-spike",
      "inflow-spike",
      "inscription-wave",
      "large-transfer",
      "mempool-flush",
      "miner-payout",
      "outflow-spike",
      "pool-run",
      "treasury-sale",
      "whale-accumulation",
    ]);
    const merged = insights.find(({ kind }) => kind === "large-transfer");
    expect(merged?.evidence.also).toEqual(["dormant-coins", "coin-days-destroyed"]);
    expect(merged?.evidence.slots["hops"]?.value).toBe(1);
  });

  test("in which any digit of a row was changed is found out, by the row's height", () => {
    const random = pseudoRandom(818_038);
    const lines = short.split("\n");
    for (let round = 0; round < 60; round += 1) {
      const line = 1 + Math.floor(random() * (lines.length - 3));
      const row = lines[line] ?? "";
      // Of a whole number, and not its first one nor one that no number holds: what is read is surely another number.
      const digits = [...row.matchAll(/(?<=[:,[][1-9]\d{0,13})\d(?=\d*[,}\]])/g)];
      const at = digits[Math.floor(random() * digits.length)]?.index ?? 0;
      const changed = `${row.slice(0, at)}${(Number(row[at]) + 5) % 10}${row.slice(at + 1)}`;
      const parsed = parseBundle(lines.with(line, changed).join("\n"));
      // Another height is not even in order.
      if ("fault" in parsed) expect(parsed.fault).toMatch(/^rows\.\d+: it is of block|^rows\.\d+\./);
      else
        expect(listChangedParts(parsed.bundle, canonicalDigest)).toEqual([
          parse(short).rows[line - 1]?.features.height,
        ]);
    }
  });

  test("whose text or number was changed, and its digests with it, differs there", () => {
    const { rows: _, digest: __, ...head } = parse(text);
    const evidence = head.insight["evidence"] as { readonly metrics: readonly object[] };
    const metrics = evidence.metrics.map((metric, index) => (index === 0 ? { ...metric, value: 1 } : metric));
    const insight = { ...head.insight, headline: "All is well", evidence: { ...evidence, metrics } };
    const { differences } = replayInsight(parse(bundleOf(spike, { changes: { insight } })), { sha256 });
    expect(differences.map(({ path }) => path)).toEqual(["headline", "evidence.metrics.0.value"]);
    expect(differences[0]).toMatchObject({ published: "All is well", recomputed: head.insight.headline });
  });

  test("with a model's text is identical where the evidence backs each word, and differs where it does not", () => {
    const { insight } = parse(text);
    const own = { model: "compatible:made-up", headline: insight.headline, summary: insight["summary"] as string };
    const worded = (changed: object) =>
      replayInsight(parse(bundleOf(spike, { changes: { insight: { ...insight, wording: { ...own, ...changed } } } })), {
        sha256,
      }).differences;
    expect(worded({})).toEqual([]);
    expect(worded({ headline: "Fees rose to 9,999 sat/vB" })).toEqual([
      {
        path: "wording.headline",
        published: "Fees rose to 9,999 sat/vB",
        recomputed: '"9,999 sat/vB" is a number that nothing backs in this place',
      },
    ]);
  });

  test("of an insight that does not follow from its rows says what follows instead", () => {
    const insight = { ...parse(text).insight, id: "0".repeat(32) };
    expect(replayInsight(parse(bundleOf(spike, { changes: { insight } })), { sha256 }).differences).toEqual([
      { path: "insight", published: insight.headline, recomputed: insight.headline },
    ]);
    const other = { ...insight, kind: "hash-rate" } as const;
    expect(replayInsight(parse(bundleOf(spike, { changes: { insight: other } })), { sha256 }).differences).toEqual([
      { path: "insight", published: insight.headline, recomputed: "nothing of this kind" },
    ]);
  });

  test("states a confidence by what its node had learnt, and no other", () => {
    const learnt = { from: 0, count: 98, came: 49, probability: 0.5 };
    const calibration = { format: 1, version: "mainnet, its first 98 outcomes", count: 98, classes: [learnt] } as const;
    const observed = { observedByThisNode: { calibration } };
    const insight = parse(text).insight;
    const { differences } = replayInsight(parse(bundleOf(spike, { changes: { ...observed, insight } })), { sha256 });
    expect(differences).toContainEqual({ path: "confidence", published: insight["confidence"], recomputed: 0.5 });
  });

  test("of a simulated chain of another density states none before its own outcomes taught one", () => {
    const { insight, chain } = parse(text);
    const claimed = { ...chain, chainId: "simnet:7:realistic:0f" };
    const { differences } = replayInsight(parse(bundleOf(spike, { changes: { chain: claimed } })), { sha256 });
    expect(differences).toContainEqual({ path: "confidence", published: insight["confidence"], recomputed: null });
  });

  test("that is shorter than the look-back says so", () => {
    expect(replayInsight(parse(short), { sha256 }).missingRows).toBe(lookBackOfKind("fee-spike") - 30);
    expect(replayInsight(parse(text), { sha256 }).missingRows).toBe(0);
  });

  test("of another version of the program is the same, and of other labels is not", () => {
    const madeBy = { program: "0.0.1", labelVersion: 0, labelCoverage: 0.25 };
    const byOthers = (changed: object) => {
      const insight = {
        ...parse(text).insight,
        evidence: { ...parse(text).insight.evidence, madeBy: { ...madeBy, ...changed } },
      };
      return replayInsight(parse(bundleOf(spike, { changes: { insight } })), { sha256 }).differences;
    };
    expect(byOthers({})).toEqual([]);
    expect(byOthers({ program: "99.1.0" })).toEqual([]);
    expect(byOthers({ labelCoverage: 0.5 })).toEqual([
      { path: "evidence.madeBy.labelCoverage", published: 0.5, recomputed: 0.25 },
    ]);
  });

  test("in which labels had changed shortly before gives nothing of a kind that is quiet then", () => {
    const spikeOfFlow = newest.find(({ kind }) => kind === "inflow-spike") as Signal;
    const bundle = parse(bundleOf(spikeOfFlow));
    const later = bundle.rows.map((row, index) =>
      index < bundle.rows.length - 50 ? row : { ...row, flows: { ...row.flows, labelVersion: 1 } },
    );
    expect(replayInsight({ ...bundle, rows: later }, { sha256 }).differences).toMatchObject([
      { path: "insight", recomputed: "nothing of this kind" },
    ]);
  });

  test("of a program that did not write every field yet is the same", () => {
    const { subject, ...evidence } = parse(text).insight["evidence"] as Record<string, unknown>;
    expect(subject).toBeNull();
    const insight = { ...parse(text).insight, evidence };
    expect(replayInsight(parse(bundleOf(spike, { changes: { insight } })), { sha256 }).differences).toEqual([]);
  });
});

describe("what is no bundle is refused by what and where", () => {
  const json = JSON.parse(short) as Record<string, unknown> & { rows: object[] };
  test.each([
    ["cut off", short.slice(0, short.length / 2), /it is not JSON .*it ends before it is whole/],
    ["cut off behind a brace", short.slice(0, short.indexOf("}") + 1), /it is not JSON .*it ends before it is whole/],
    ["of a newer program", JSON.stringify({ ...json, format: 2 }), /format 2, written by utxoIQ 0\.0\.1/],
    ["a list", "[]", /^the whole: /],
    ["without rows", JSON.stringify({ ...json, rows: [] }), /^rows: /],
    ["with a row too few", JSON.stringify({ ...json, rows: json.rows.toSpliced(3, 1) }), /^rows\.0: it is of block/],
    ["begun later", JSON.stringify({ ...json, rows: json.rows.slice(5) }), /^base\.block: /],
    [
      "of another block",
      JSON.stringify({ ...json, insight: { ...(json["insight"] as object), blockHash: "00".repeat(32) } }),
      /another block/,
    ],
    ["with a text for a number", short.replace('"txs":2000', '"txs":"2000"'), /^rows\.\d+\.features\.txs: /],
    ["of an unknown network", short.replace('"network":"simnet"', '"network":"dogecoin"'), /^chain\.network: /],
  ])("%s", (_, wrong, fault) => {
    expect(wrong).not.toBe(short);
    expect(faultOf(wrong)).toMatch(fault);
  });
});
