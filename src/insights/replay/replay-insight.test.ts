import { describe, expect, test } from "vitest";
import { COIN } from "#bitcoin";
import type { Entity } from "#features";
import { canonicalDigest, sha256 } from "#lib";
import {
  type BlockRow,
  type CalibrationMap,
  Detection,
  DETECTORS,
  type EventUpdate,
  type Signal,
  SIGNAL_KINDS,
} from "#signals";
import { insightsOfEveryKind } from "../../../test/helpers/insights-of-every-kind.ts";
import { pseudoRandom } from "../../../test/helpers/pseudo-random.ts";
import { hashOf } from "../../../test/helpers/stored-blocks.ts";
import { composeBlock } from "../compose-block.ts";
import { composeInsight } from "../compose-insight.ts";
import { composeUpdate } from "../compose-update.ts";
import type { Insight } from "../insight.ts";
import { bundleRowOf } from "./bundle-row-of.ts";
import type { BundleHead, BundleRow, InsightBundle } from "./insight-bundle.ts";
import { parseBundle } from "./parse-bundle.ts";
import { detectorsOf, lookBackOfKind } from "../look-back-of-kind.ts";
import { verifyText } from "../verify/index.ts";
import { replayInsight } from "./replay-insight.ts";
import { listChangedParts, sealBundle } from "./seal-bundle.ts";
import { writeBundle } from "./write-bundle.ts";

const { rows, signals, insights, updates } = insightsOfEveryKind();

type Made = { readonly changes?: Partial<InsightBundle>; readonly lookBack?: number };

/** Each row as a node writes it and as it is read again, once for all bundles: a row is the same in each. */
const readRows = readAll();

function readAll(): InsightBundle["rows"] {
  const [newest] = insights.filter(({ height }) => height === rows.length - 1);
  if (newest === undefined) throw new Error("something is told of the last block");
  // A digest is of one row: those of the blocks that tell of something stand for all, and the whole takes long.
  const told = new Set(insights.map(({ height }) => rows[height]?.features.blockhash));
  const digestOfTold: typeof canonicalDigest = (value) =>
    told.has((value as Partial<BundleRow>).features?.blockhash) ? canonicalDigest(value) : "";
  const read = parse(writeBundle(sealBundle(headOf(newest, 0), rows.map(bundleRowOf), digestOfTold)));
  expect(listChangedParts(read, digestOfTold)).toEqual([]);
  return read.rows;
}

function headOf(insight: Insight, first: number): BundleHead {
  return {
    format: 1,
    program: "0.0.1",
    chain: { network: "simnet", chainId: "simnet:7", simulated: true },
    insight: JSON.parse(JSON.stringify(insight)) as BundleHead["insight"],
    connected: true,
    labelVersion: 0,
    base: {
      block: first === 0 ? null : { height: first - 1, hash: hashOf("below"), bits: 0x207f_ffff },
      parentTimes: [],
    },
    observedByThisNode: { calibration: null },
  };
}

/** A bundle as it is read, of no digest as a whole: what looks at digests seals it. */
function bundleOf(found: Signal | EventUpdate | Insight, { changes = {}, lookBack }: Made = {}): InsightBundle {
  const insight = insightOf(found);
  const { height, kind } = insight;
  const first = Math.max(0, height - (lookBack ?? lookBackOfKind(kind)));
  return { ...headOf(insight, first), ...changes, rows: readRows.slice(first, height + 1), digest: "" };
}

/** As a node writes it. */
function textOf({ rows: read, digest: _, ...head }: InsightBundle): string {
  return writeBundle(sealBundle(head, read.map(bundleRowOfRead), canonicalDigest));
}

function bundleRowOfRead({ features, transfers, flows }: InsightBundle["rows"][number]): BundleRow {
  return { features, transfers, flows };
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

const spike = signals.find(({ kind }) => kind === "fee-spike") as Signal;
const ofSpike = bundleOf(spike);
/** Of a node whose blocks begin just before. */
const short = textOf(bundleOf(spike, { lookBack: 30 }));
const ofShort = parse(short);

describe("a bundle", () => {
  test.each(insights.map((insight) => [insight.kind, insight] as const))("of %s gives its insight again", (_, told) => {
    const bundle = bundleOf(told);
    expect(replayInsight(bundle, { sha256 })).toMatchObject({ insight: bundle.insight, differences: [] });
  });

  test.each(updates.map((update) => [update.now.kind, update] as const))(
    "of an event of %s that has gone on gives its insight again, as it stands now",
    (_, update) => {
      const bundle = bundleOf(update);
      expect(bundle.insight.height).toBeGreaterThan(update.first.height);
      expect(replayInsight(bundle, { sha256 })).toMatchObject({ insight: bundle.insight, differences: [] });
    },
  );

  test("gives again which block it begins with, how sure labels were, and what it cites of the blocks before", () => {
    const signal = signals.find(({ kind }) => kind === "inflow-spike") as Signal;
    const first = Math.max(0, signal.height - lookBackOfKind(signal.kind));
    const lately = signal.height - 19;
    const sure = rows.slice(first, signal.height + 1).map((row): BlockRow => {
      const entities = row.flows.entities.map((flow) => ({ ...flow, certainty: 0.7 }));
      return row.features.height < lately ? row : { ...row, flows: { ...row.flows, entities } };
    });
    const detection = new Detection(DETECTORS.filter(({ kind }) => kind === signal.kind));
    for (const row of sure) detection.take(row);
    const { recollection } = detection;
    const context = { blockTime: sure.at(-1)?.features.time ?? 0, simulated: true, recollection, sha256 };
    const insight = composeInsight(signal, context);
    expect(insight.evidence).toMatchObject({
      begins: { height: signal.startHeight, hash: rows[signal.startHeight]?.features.blockhash },
      attribution: { certainty: 0.7, parties: [{ actor: signal.subject?.actor, certainty: 0.7 }] },
    });
    const { rows: _, digest: __, ...head } = bundleOf(signal, { lookBack: 19 });
    const sealed = sealBundle({ ...head, insight: { ...insight } }, sure.slice(-20).map(bundleRowOf), canonicalDigest);
    const read = parse(writeBundle(sealed));
    const bundle = { ...read, rows: [...readRows.slice(first, lately), ...read.rows] };
    expect(replayInsight(bundle, { sha256 }).differences).toEqual([]);
    const lessSure = { ...insight.evidence, attribution: { certainty: 0.9, parties: [] } };
    const changed = { ...bundle, insight: { ...bundle.insight, evidence: lessSure } };
    expect(replayInsight(changed, { sha256 }).differences).not.toEqual([]);
  });

  describe.each([
    ["inflow-spike", "a large transfer", "inflow", "came"],
    ["inflow-spike", "a pool's sale", "inflow", "came"],
    ["outflow-spike", "a large transfer", "outflow", "left"],
    ["treasury-sale", "a large transfer", "outflow", "went"],
  ] as const)("of one %s of which %s is a part", (kind, part, side, verb) => {
    const flow = updates.find(({ now }) => now.kind === kind) as EventUpdate;
    const { height, subject: exchange } = flow.first;
    const whole = 30_000 * COIN;
    const pool = updates.find(({ now }) => now.kind === "treasury-sale")?.now.subject as Entity;
    const isSale = part === "a pool's sale";
    const owner: Entity = isSale ? pool : { actor: "Dora", kind: "person" };
    const parties = kind === "inflow-spike" ? { from: owner, to: exchange } : { from: exchange, to: owner };
    const classes = [{ from: 0, count: 50, came: 20, probability: 0.4 }];
    const calibration: CalibrationMap = { format: 1, version: "mainnet, its first 50 outcomes", count: 50, classes };
    const lookBack = lookBackOfKind(kind);

    /** What is told with so many coins coming or leaving in one transaction of the block. */
    const tellWith = (at: number): readonly { readonly told: readonly Insight[]; readonly row: BlockRow }[] => {
      const changed = rows.map((row): BlockRow => {
        if (row.features.height !== at) return row;
        const [template] = row.transfers;
        if (template === undefined) throw new Error("each block has a transfer");
        const payment = { ...template, value: whole, toValue: whole, ...parties, kind: null };
        const entities = row.flows.entities.map((each) => {
          const sends = isSale && each.entity.actor === pool.actor;
          const changed = sends ? "outflow" : side;
          return sends || each.entity.actor === exchange?.actor
            ? { ...each, [changed]: each[changed] + whole, interEntityOut: each.interEntityOut + whole }
            : each;
        });
        return { ...row, transfers: [payment, ...row.transfers.slice(1)], flows: { ...row.flows, entities } };
      });
      const detection = new Detection(detectorsOf(kind));
      return changed.slice(height - lookBack - 10, flow.now.height + 1).map((row) => {
        const signals = detection.take(row);
        const { recollection } = detection;
        const taught = { calibration: { "large-transfer": calibration, [kind]: calibration } };
        const context = { blockTime: row.features.time, simulated: false, ...taught, recollection, sha256 };
        const composed = composeBlock({ signals, updates: detection.updates }, context);
        return { told: [...composed.insights, ...composed.updates], row };
      });
    };

    test.each([
      ["in the block in which both are told", 0, 2],
      ["some blocks before", 3, 2],
      ["once it was told", flow.first.height - flow.now.height, 1],
    ])("%s, gives again one insight of both", (_, before, least) => {
      const blocks = tellWith(height - before);
      const ofBoth = blocks.flatMap(({ told }) => told.filter(({ evidence: { also } }) => also !== undefined));
      const ids = blocks
        .slice(lookBack)
        .flatMap(({ told }) => told)
        .filter(({ evidence }) => evidence.slots["paid"] !== undefined || evidence.slots["value"]?.value === whole)
        .map(({ id }) => id);
      expect(new Set(ids).size).toBe(1);
      expect(ofBoth.length).toBeGreaterThanOrEqual(least);
      for (const insight of ofBoth) {
        // A sale is told as such until the inflow is.
        const went = insight.kind === kind ? verb : "went";
        expect(insight.summary).toContain(`30,000 BTC of it ${went} in one transaction, in block`);
        expect(insight.summary.includes(" to labelled owners within 12 blocks")).toBe(isSale && insight.kind === kind);
        expect(verifyText(insight.summary, insight)).toEqual([]);
        const last = blocks.findIndex(({ row }) => row.features.height === insight.height);
        const used = blocks.slice(last - lookBack, last + 1).flatMap(({ row }) => {
          const read = readRows[row.features.height] ?? [];
          return row.features.height === height - before ? { ...bundleRowOf(row), digest: "" } : read;
        });
        expect(used).toHaveLength(lookBack + 1);
        const chain = { network: "mainnet", chainId: "main", simulated: false } as const;
        const changes = { chain, observedByThisNode: { calibration } };
        const bundle = { ...bundleOf(insight, { changes }), rows: used };
        expect(replayInsight(bundle, { sha256 }).differences).toEqual([]);
        // Of one told of as a payment first the claim is that payment's, which only of what leaves is one.
        const isOfPayment = insight.evidence.blocks[0]?.height === height - before && before > 0;
        const claims = isOfPayment ? side === "outflow" : kind !== "treasury-sale";
        expect(insight.confidence).toBe(claims ? 0.4 : null);
      }
    });
  });

  test("is of every kind, and of each that is followed as it goes on", () => {
    expect(insights.map(({ kind }) => kind).toSorted()).toEqual([...SIGNAL_KINDS].toSorted());
    const followed = DETECTORS.flatMap(({ kind, followedBy }) => (followedBy === undefined ? [] : [kind]));
    expect(updates.map(({ now }) => now.kind).toSorted()).toEqual(followed.toSorted());
  });

  test("is of texts of two or three sentences, also where several kinds tell or an event goes on", () => {
    for (const { summary } of [...insights, ...updates.map(insightOf)]) {
      expect([2, 3], summary).toContain(summary.match(/[.](?= [A-Z]|$)/g)?.length);
    }
  });

  test("is of an insight of one spending that several kinds tell and that was passed on", () => {
    const merged = insights.find(({ kind }) => kind === "large-transfer");
    expect(merged?.evidence.also).toEqual(["dormant-coins", "coin-days-destroyed"]);
    expect(merged?.evidence.slots["hops"]?.value).toBe(1);
  });

  test("in which any digit of a row was changed is found out, by the row's height", () => {
    const random = pseudoRandom(818_038);
    expect(listChangedParts(ofShort, canonicalDigest)).toEqual([]);
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
      else expect(listChangedParts(parsed.bundle, canonicalDigest)).toEqual([ofShort.rows[line - 1]?.features.height]);
    }
  });

  test("whose text or number was changed, and its digests with it, differs there", () => {
    const { rows: _, digest: __, ...head } = ofSpike;
    const evidence = head.insight["evidence"] as { readonly metrics: readonly object[] };
    const metrics = evidence.metrics.map((metric, index) => (index === 0 ? { ...metric, value: 1 } : metric));
    const insight = { ...head.insight, headline: "All is well", evidence: { ...evidence, metrics } };
    const { differences } = replayInsight(bundleOf(spike, { changes: { insight } }), { sha256 });
    expect(differences.map(({ path }) => path)).toEqual(["headline", "evidence.metrics.0.value"]);
    expect(differences[0]).toMatchObject({ published: "All is well", recomputed: head.insight.headline });
  });

  test("with a model's text is identical where the evidence backs each word, and differs where it does not", () => {
    const { insight } = ofSpike;
    const own = { model: "compatible:made-up", headline: insight.headline, summary: insight["summary"] as string };
    const worded = (changed: object) =>
      replayInsight(bundleOf(spike, { changes: { insight: { ...insight, wording: { ...own, ...changed } } } }), {
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
    const insight = { ...ofSpike.insight, id: "0".repeat(32) };
    expect(replayInsight(bundleOf(spike, { changes: { insight } }), { sha256 }).differences).toEqual([
      { path: "insight", published: insight.headline, recomputed: insight.headline },
    ]);
    const other = { ...insight, kind: "hash-rate" } as const;
    expect(replayInsight(bundleOf(spike, { changes: { insight: other } }), { sha256 }).differences).toEqual([
      { path: "insight", published: insight.headline, recomputed: "nothing of this kind" },
    ]);
  });

  test("states a confidence by what its node had learnt, and no other", () => {
    const learnt = { from: 0, count: 98, came: 49, probability: 0.5 };
    const calibration = { format: 1, version: "mainnet, its first 98 outcomes", count: 98, classes: [learnt] } as const;
    const observed = { observedByThisNode: { calibration } };
    const insight = ofSpike.insight;
    const { differences } = replayInsight(bundleOf(spike, { changes: { ...observed, insight } }), { sha256 });
    expect(differences).toContainEqual({ path: "confidence", published: insight["confidence"], recomputed: 0.5 });
  });

  test("of a simulated chain of another density states none before its own outcomes taught one", () => {
    const { insight, chain } = ofSpike;
    const claimed = { ...chain, chainId: "simnet:7:realistic:0f" };
    const { differences } = replayInsight(bundleOf(spike, { changes: { chain: claimed } }), { sha256 });
    expect(differences).toContainEqual({ path: "confidence", published: insight["confidence"], recomputed: null });
  });

  test("that is shorter than the look-back says so", () => {
    expect(replayInsight(ofShort, { sha256 }).missingRows).toBe(lookBackOfKind("fee-spike") - 30);
    expect(replayInsight(ofSpike, { sha256 }).missingRows).toBe(0);
  });

  test("of another version of the program is the same, and of other labels is not", () => {
    const madeBy = { program: "0.0.1", labelVersion: 0, labelCoverage: 0.25 };
    const byOthers = (changed: object) => {
      const insight = {
        ...ofSpike.insight,
        evidence: { ...ofSpike.insight.evidence, madeBy: { ...madeBy, ...changed } },
      };
      return replayInsight(bundleOf(spike, { changes: { insight } }), { sha256 }).differences;
    };
    expect(byOthers({})).toEqual([]);
    expect(byOthers({ program: "99.1.0" })).toEqual([]);
    expect(byOthers({ labelCoverage: 0.5 })).toEqual([
      { path: "evidence.madeBy.labelCoverage", published: 0.5, recomputed: 0.25 },
    ]);
  });

  test("in which labels had changed shortly before gives nothing of a kind that is quiet then", () => {
    const spikeOfFlow = signals.find(({ kind }) => kind === "inflow-spike") as Signal;
    const bundle = bundleOf(spikeOfFlow);
    const later = bundle.rows.map((row, index) =>
      index < bundle.rows.length - 50 ? row : { ...row, flows: { ...row.flows, labelVersion: 1 } },
    );
    expect(replayInsight({ ...bundle, rows: later }, { sha256 }).differences).toMatchObject([
      { path: "insight", recomputed: "nothing of this kind" },
    ]);
  });

  test("of a program that did not write every field yet is the same", () => {
    const { subject, ...evidence } = ofSpike.insight["evidence"] as Record<string, unknown>;
    expect(subject).toBeNull();
    const insight = { ...ofSpike.insight, evidence };
    expect(replayInsight(bundleOf(spike, { changes: { insight } }), { sha256 }).differences).toEqual([]);
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
