import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Insight } from "#contract";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { runTestApi } from "../../test/helpers/running-api.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";

const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-first-answers-"));
mkdirSync(join(webRoot, "assets"));
const BUILT = '<title>utxoIQ</title><meta property="csp-nonce" nonce="" /><div id="root"></div>';
writeFileSync(join(webRoot, "index.html"), BUILT);

const database = await openTestDatabase();
await claimChain(database.db, { network: "simnet", chainId: "first answers", simulated: true });
const block = storedBlock(0);
const hostile = "</script><img src=x onerror=alert(1)> & more";
const insights = block.insights.map((insight) => ({ ...insight, headline: hostile }));
await saveBlocks(database.db, [{ ...block, insights }]);

async function read(url: string): Promise<{ html: string; answers: Record<string, unknown> | undefined }> {
  const html = await (await fetch(url)).text();
  const text = /<script type="application\/json" id="first-answers">(.*?)<\/script>/.exec(html)?.[1];
  return { html, answers: text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>) };
}

describe("the dashboard", () => {
  const api = runTestApi(database, { webRoot });

  test("comes with what it would ask for, as it would be answered, and with words to be read at once", async () => {
    const { html, answers = {} } = await read(`${api.url}/dashboard`);
    const path = "/api/v1/insights?pageSize=30";
    expect(answers[path]).toEqual(await (await fetch(`${api.url}${path}`)).json());
    expect((answers[path] as { insights: Insight[] }).insights[0]?.headline).toBe(hostile);
    expect(Object.keys(answers)).toContain("/api/v1/session");
    expect(html).toContain("<h2>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; more</h2>");
    expect(html).not.toContain("<img");
    expect(html).toContain("<title>Insights · utxoIQ</title>");
  });

  test("with a filter in its address, or another page, comes empty", async () => {
    for (const path of ["/dashboard?category=whale", "/blocks"]) {
      expect((await read(`${api.url}${path}`)).answers, path).toBeUndefined();
    }
  });
});

describe("where guests may read nothing", () => {
  const api = runTestApi(database, { webRoot, guests: "nothing" });

  test("it tells them who they are and no more", async () => {
    const { html, answers } = await read(`${api.url}/dashboard`);
    expect(Object.keys(answers ?? {})).toEqual(["/api/v1/session"]);
    expect(html).toContain('<div id="root"></div>');
  });
});
