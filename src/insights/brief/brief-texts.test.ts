import { describe, expect, test } from "vitest";
import type { BlockHash } from "#bitcoin";
import type { Insight } from "../insight.ts";
import type { Brief, BriefItem } from "./brief.ts";
import { writeBriefHtml } from "./brief-html.ts";
import { writeBriefMarkdown } from "./brief-markdown.ts";
import { idsOfBrief } from "./brief-words.ts";

const insight: Insight = {
  id: "0".repeat(31).concat("1"),
  kind: "inflow-spike",
  category: "exchange",
  height: 840_000,
  blockHash: "07".repeat(32) as BlockHash,
  blockTime: 1_773_480_000,
  headline: "5,430 BTC came to <b>Acme</b> & *Co* within 9 blocks",
  summary: "What [Acme](https://example.com) took in.",
  surprise: { percentile: 99.37, sampleSize: 2_016 },
  confidence: 0.642,
  evidence: {
    rule: "Made up for a test.",
    subject: { actor: "Acme", kind: "exchange" },
    claim: { text: "Acme gains as much again.", decidedAtHeight: 840_036, learntFrom: "test", outcomes: 40 },
    madeBy: null,
    blocks: [],
    transactions: [],
    metrics: [],
    slots: {},
  },
  simulated: true,
};

const chart = {
  series: { name: "What came to Acme", unit: "sats", of: { from: "block", field: "weight" } },
  window: { fromHeight: 839_900, toHeight: 840_024 },
  marks: { event: { fromHeight: 839_992, toHeight: 840_000 }, usual: null },
} as const;

const item: BriefItem = {
  insight,
  also: [{ id: "0".repeat(31).concat("2"), headline: "Fees rose", blockHash: "08".repeat(32) as BlockHash }],
  score: { surprise: 2, confidence: 0.6, diversity: 1, product: 1.2 },
  picture: { chart, points: [{ height: 840_000, time: 1_773_480_000, value: 5 }] },
};

const brief: Brief = {
  day: "2026-03-14",
  network: "simnet",
  simulated: true,
  blocks: { first: 839_900, last: 840_043, count: 144 },
  insights: 9,
  events: 7,
  items: [item, item, item],
};

const dated = { brief, publishedAt: 1_773_558_000 };
const pictureUrl = (number: number): string => `/pictures/${number}.svg`;
const none = new Map();

describe("as Markdown", () => {
  test("tells day, network, events with their figures, pictures, and when it was published", () => {
    const text = writeBriefMarkdown(dated, none, { pictureUrl });
    expect(text).toContain("# Daily brief, 14 March 2026");
    expect(text).toContain("**Simulated network: nothing of this happened on Bitcoin.**");
    expect(text).toContain("7 events stood out in 144 blocks (839,900 to 840,043). These are the 3 that rank highest.");
    expect(text).toContain(
      "- above 99.3 % of the 2,016 before it in its own history\n- claim: Acme gains as much again.\n- 64 % of such claims came true",
    );
    expect(text).toContain("- block 840,000, 2026-03-14 09:20 UTC");
    expect(text).toContain("![What came to Acme](/pictures/2.svg)");
    expect(text).toContain("Also seen as: Fees rose.");
    expect(text).toContain("*Published 2026-03-15 07:00 UTC by the chain's clock.*");
    expect(text).not.toContain("Retracted");
  });

  test("takes names of labels for text", () => {
    const text = writeBriefMarkdown(dated, none);
    expect(text).toContain(String.raw`\<b\>Acme\</b\> \& \*Co\*`);
    expect(text).toContain(String.raw`\[Acme\](https://example.com)`);
    expect(text).not.toContain("![");
  });
});

describe("as a page", () => {
  test("escapes names, says that it is simulated, and runs nothing", () => {
    const page = writeBriefHtml(dated, none, { pictureUrl, insightUrl: (id) => `/insights/${id}` });
    expect(page).toContain("5,430 BTC came to &lt;b&gt;Acme&lt;/b&gt; &amp; *Co* within 9 blocks");
    expect(page).toContain("<title>Daily brief, 14 March 2026 (simulated) - utxoIQ</title>");
    expect(page).toContain('<img src="/pictures/1.svg" alt="Chart: What came to Acme, block by block"');
    expect(page).toContain(`href="/insights/${insight.id}"`);
    expect(page).not.toMatch(/<script|<b>| on\w+=/);
  });

  test("leaves out pictures where nobody serves them, and claims nothing of a real network", () => {
    const real = { ...brief, network: "mainnet", simulated: false };
    const page = writeBriefHtml({ brief: real, publishedAt: null }, none);
    expect(page).not.toMatch(/<img|imulated/);
    expect(page).toContain("Network: mainnet.");
    expect(page).toContain("Composed from stored blocks, not published.");
  });
});

const place = { height: 840_000, blockHash: insight.blockHash };

test("what was retracted since says so and why, in either", () => {
  const reason = "Block 840000 (07) left the chain.";
  const standings = new Map([[insight.id, { status: "retracted", reason, ...place } as const]]);
  expect(writeBriefMarkdown(dated, standings)).toContain(`**Retracted since. ${reason}**`);
  expect(writeBriefHtml(dated, standings)).toContain(`<p class="note">Retracted since. ${reason}</p>`);
  expect(new Set(idsOfBrief(dated)).size).toBe(2);
});

describe("of an insight that stands below an event", () => {
  const [below] = item.also;
  const standing = { reason: null, height: 840_001, blockHash: "09".repeat(32) as BlockHash };

  test.each([
    ["retracted", "Also seen as: Fees rose (retracted since)."],
    ["confirmed", "Also seen as: Fees rose (restated since, now in block 840,001)."],
  ] as const)("%s, both texts say what became of it", (status, words) => {
    const standings = new Map([[below?.id ?? "", { ...standing, status }]]);
    expect(writeBriefMarkdown(dated, standings)).toContain(words);
    expect(writeBriefHtml(dated, standings)).toContain(`<p class="also">${words}</p>`);
  });

  test("nothing is said where it stands as it was told, or the brief does not say of which block", () => {
    const standings = new Map([[below?.id ?? "", { ...standing, status: "confirmed" } as const]]);
    const asTold = new Map([
      [below?.id ?? "", { ...standing, blockHash: "08".repeat(32) as BlockHash, status: "confirmed" } as const],
    ]);
    const earlier = { ...item, also: [{ id: below?.id ?? "", headline: "Fees rose" }] };
    for (const text of [
      writeBriefMarkdown(dated, asTold),
      writeBriefMarkdown({ ...dated, brief: { ...brief, items: [earlier] } }, standings),
    ])
      expect(text).toContain("Also seen as: Fees rose.");
  });
});

test("what another block tells now is not passed off as it was told", () => {
  const standing = {
    status: "confirmed",
    reason: null,
    height: 840_003,
    blockHash: "09".repeat(32) as BlockHash,
  } as const;
  const standings = new Map([[insight.id, standing]]);
  expect(writeBriefMarkdown(dated, standings)).toContain("**Restated since, now in block 840,003.**");
  expect(writeBriefHtml(dated, standings)).toContain(`<p class="note">Restated since, now in block 840,003.</p>`);
  const same = new Map([[insight.id, { ...standing, ...place }]]);
  expect(writeBriefMarkdown(dated, same)).not.toContain("Restated");
});

test.each([
  [{ events: 0, items: [] }, "Nothing stood out on this day. 144 blocks (839,900 to 840,043)."],
  [{ events: 1, items: [item] }, "A quiet day: one event stood out. 144 blocks"],
  [{ events: 2, items: [item, item] }, "A quiet day: two events stood out."],
  [{ events: 3, items: [item, item, item] }, "3 events stood out in 144 blocks (839,900 to 840,043)."],
  [{ events: 0, items: [], blocks: null }, "No block of this day is stored, so nothing can be said about it."],
])("a day with little says so (%#)", (change, words) => {
  expect(writeBriefMarkdown({ ...dated, brief: { ...brief, ...change } }, none)).toContain(words);
});

test("what is not known is not told as a figure", () => {
  const bare = { ...item, insight: { ...insight, surprise: null, confidence: null } };
  const text = writeBriefMarkdown({ ...dated, brief: { ...brief, items: [bare] } }, none);
  expect(text).toContain("- not ranked");
  expect(text).toContain("- too few outcomes to say how sure");
  const described = { ...item, insight: { ...insight, evidence: { ...insight.evidence, claim: null } } };
  expect(writeBriefMarkdown({ ...dated, brief: { ...brief, items: [described] } }, none)).not.toContain("claim");
});
