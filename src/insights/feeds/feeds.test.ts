import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { Brief } from "../brief/brief.ts";
import type { Insight } from "../insight.ts";
import { type FeedInsight, writeBriefFeed, writeInsightFeed } from "./feeds.ts";

type Element = {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  children: Element[];
};

/** Strict: throws at what is not well-formed, and at a name of a namespace that nobody declared. */
function parseXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const root: Element = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    expect(uri).toBe("http://www.w3.org/2005/Atom");
    const values = Object.values(attributes).map(({ name, value }) => [name, value] as const);
    const element = { name: local, attributes: Object.fromEntries(values), text: "", children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (words) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += words;
  });
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  return root.children[0] ?? root;
}

function textOf(element: Element, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

function entriesOf(feed: Element): Element[] {
  return feed.children.filter(({ name }) => name === "entry");
}

/** What RFC 4287 demands of every feed and entry. */
function expectAtom(feed: Element): void {
  expect(feed.name).toBe("feed");
  const all = [feed, ...entriesOf(feed)];
  for (const element of all) {
    expect(textOf(element, "id")).toMatch(/^tag:utxoiq\.invalid,2026:[^\s<>]+$/);
    expect(textOf(element, "title")).not.toBe("");
    expect(textOf(element, "updated")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  expect(new Set(all.map((element) => textOf(element, "id"))).size).toBe(all.length);
  expect(feed.children.some(({ name }) => name === "author")).toBe(true);
  const links = feed.children.filter(({ name }) => name === "link").map(({ attributes }) => attributes["rel"]);
  expect(links).toEqual(["self", "alternate"]);
}

const places = { network: "simnet", chainId: "simnet:1 <demo>", simulated: true, baseUrl: "http://localhost:3000" };

const insight: FeedInsight = {
  id: "0".repeat(31).concat("1"),
  kind: "inflow-spike",
  category: "exchange",
  height: 840_000,
  blockHash: "07".repeat(32) as BlockHash,
  blockTime: 1_773_480_000,
  headline: `Coins came to "A & B" <script>alert('1')</script> \u0007\ud800 ]]>`,
  summary: "What came.",
  surprise: null,
  confidence: null,
  evidence: {
    rule: "",
    subject: null,
    claim: null,
    madeBy: null,
    blocks: [],
    transactions: [],
    metrics: [],
    slots: {},
  },
  simulated: true,
  status: "confirmed",
  statusReason: null,
  updatedAt: 1_773_490_000.5,
};

describe("insights", () => {
  test("are an Atom feed whose texts survive whatever a name holds", () => {
    const feed = parseXml(writeInsightFeed([insight], places));
    expectAtom(feed);
    expect(textOf(feed, "title")).toBe("utxoIQ insights of simnet (simulated)");
    expect(textOf(feed, "updated")).toBe("2026-03-14T12:06:40.500Z");
    const [entry] = entriesOf(feed);
    expect(entry && textOf(entry, "title")).toBe(`Coins came to "A & B" <script>alert('1')</script>  ]]> (simulated)`);
    expect(entry && textOf(entry, "id")).toMatch(/:insight:0{31}1$/);
  });

  test("lead to the page of each, say once what is simulated, and keep the time at which they were told", () => {
    const grown = {
      ...insight,
      headline: "8 BTC came to Acme (simulated)",
      evidence: { ...insight.evidence, blocks: [{ hash: insight.blockHash, height: 839_990, time: 1_773_470_000 }] },
    };
    const [entry] = entriesOf(parseXml(writeInsightFeed([grown], places)));
    expect(entry && textOf(entry, "title")).toBe("8 BTC came to Acme (simulated)");
    expect(entry && textOf(entry, "published")).toBe("2026-03-14T06:33:20.000Z");
    expect(entry?.children.find(({ name }) => name === "link")?.attributes["href"]).toBe(
      `http://localhost:3000/insights/${insight.id}`,
    );
  });

  test("keep their id when they are retracted, and say so", () => {
    const gone = { ...insight, status: "retracted", statusReason: "Block 840000 left the chain." } as const;
    const [before, after] = [insight, gone].map((each) => entriesOf(parseXml(writeInsightFeed([each], places)))[0]);
    expect(after && textOf(after, "id")).toBe(before && textOf(before, "id"));
    expect(after && textOf(after, "title")).toMatch(/^Retracted: /);
    expect(after && textOf(after, "summary")).toBe("Block 840000 left the chain. What came.");
  });

  test("that are none are a valid feed", () => {
    const feed = parseXml(writeInsightFeed([], { ...places, simulated: false, network: "mainnet" }));
    expectAtom(feed);
    expect(textOf(feed, "updated")).toBe("1970-01-01T00:00:00.000Z");
    expect(textOf(feed, "title")).toBe("utxoIQ insights of mainnet");
  });
});

test("briefs are an Atom feed with the permanent link of each, and what of it was retracted since", () => {
  const { status: _, statusReason: __, updatedAt: ___, ...said } = insight;
  const item = { insight: said satisfies Insight, also: [], picture: null };
  const score = { surprise: 1, confidence: 0.5, diversity: 1, product: 0.5 };
  const brief: Brief = {
    day: "2026-03-14",
    network: "simnet",
    simulated: true,
    blocks: { first: 1, last: 144, count: 144 },
    insights: 1,
    events: 1,
    items: [{ ...item, score }],
  };
  const dated = { brief, publishedAt: 1_773_558_000 };
  const place = { height: insight.height, blockHash: insight.blockHash };
  const standings = new Map([[insight.id, { status: "retracted", reason: null, ...place } as const]]);
  const feed = parseXml(writeBriefFeed([{ dated, standings, updatedAt: 1_773_600_000 }], places));
  expectAtom(feed);
  const [entry] = entriesOf(feed);
  expect(entry && textOf(entry, "id")).toMatch(/:brief:2026-03-14$/);
  expect(entry?.children.find(({ name }) => name === "link")?.attributes["href"]).toBe(
    "http://localhost:3000/briefs/2026-03-14",
  );
  expect(entry && textOf(entry, "published")).toBe("2026-03-15T07:00:00.000Z");
  expect(entry && textOf(entry, "summary")).toContain("A quiet day: one event stood out.");
  expect(entry && textOf(entry, "summary")).toContain("(retracted since)");
  const moved = {
    status: "confirmed",
    reason: null,
    height: 840_002,
    blockHash: "08".repeat(32) as BlockHash,
  } as const;
  const restated = writeBriefFeed(
    [{ dated, standings: new Map([[insight.id, moved]]), updatedAt: 1_773_600_000 }],
    places,
  );
  expect(restated).toContain("(restated since, now in block 840,002)");
});
