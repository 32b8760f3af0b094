/**
 * The dashboard as Lighthouse sees it: production build, 30 days of the simulated network stored and nothing coming on top
 * (the api role alone), five times as a phone and as a desktop, the middle of each figure. Lighthouse comes from the
 * registry when this is run, so that no machine that only tests has to carry it.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { launchBrowser } from "../test/helpers/browser.ts";
import { medianOf } from "./median-of.ts";
import { buildWeb, makeDataDirectory, startProgram } from "./running-program.ts";

const LIGHTHOUSE = "lighthouse@13.5.0";
const RUNS = 5;
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

type Device = "phone" | "desktop";

/** What is read of its report. */
type Report = {
  readonly runtimeError?: { readonly message: string };
  readonly categories: Readonly<Record<(typeof CATEGORIES)[number], { readonly score: number | null }>>;
  readonly audits: {
    readonly "errors-in-console": { readonly score: number | null };
    readonly "largest-contentful-paint": { readonly numericValue: number };
    readonly "network-requests": {
      readonly details: {
        readonly items: readonly { readonly resourceType?: string; readonly transferSize: number }[];
      };
    };
  };
};

type Look = {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly lcpMs: number;
  readonly javascriptKb: number;
};

export async function run(): Promise<Record<string, unknown>> {
  buildWeb();
  const data = makeDataDirectory();
  try {
    const filling = await startProgram(data);
    try {
      await filling.shows("Ready");
    } finally {
      await filling.stop();
    }
    const program = await startProgram(data, ["--roles", "api"]);
    try {
      await program.shows("/dashboard");
      return await lookAt(`${program.url}/dashboard`);
    } finally {
      await program.stop();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function lookAt(url: string): Promise<Record<string, unknown>> {
  const phone = await middleOfRuns(url, "phone");
  const desktop = await middleOfRuns(url, "desktop");
  for (const [device, look] of Object.entries({ phone, desktop })) {
    const { performance, accessibility, bestPractices, lcpMs, javascriptKb } = look;
    console.log(
      `${device.padEnd(8)} performance ${performance}, accessibility ${accessibility}, best practices ${bestPractices}, ` +
        `largest contentful paint ${Math.round(lcpMs)} ms, ${Math.round(javascriptKb)} kB of JavaScript, median of ${RUNS}`,
    );
  }
  return { ...phone, desktopPerformance: desktop.performance, desktopLcpMs: desktop.lcpMs };
}

async function middleOfRuns(url: string, device: Device): Promise<Look> {
  const looks: Look[] = [];
  for (let run = 0; run < RUNS; run += 1) looks.push(await look(url, device));
  const middle = (field: keyof Look): number => medianOf(looks.map((one) => one[field]));
  return {
    performance: middle("performance"),
    accessibility: middle("accessibility"),
    bestPractices: middle("bestPractices"),
    lcpMs: middle("lcpMs"),
    javascriptKb: middle("javascriptKb"),
  };
}

/** One visit, by a browser that has never seen the page. */
async function look(url: string, device: Device): Promise<Look> {
  const port = 9_300 + Math.floor(Math.random() * 600);
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  try {
    const { categories, audits, runtimeError } = await report(url, device, port);
    if (runtimeError !== undefined) throw new Error(`Lighthouse could not look: ${runtimeError.message}`);
    // A page whose script fails at once is fast.
    assert.equal(audits["errors-in-console"].score, 1, "the page has no word of complaint");
    const score = (category: (typeof CATEGORIES)[number]): number =>
      Math.round(100 * (categories[category].score ?? Number.NaN));
    const scripts = audits["network-requests"].details.items.filter(({ resourceType }) => resourceType === "Script");
    return {
      performance: score("performance"),
      accessibility: score("accessibility"),
      bestPractices: score("best-practices"),
      lcpMs: audits["largest-contentful-paint"].numericValue,
      javascriptKb: scripts.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1_000,
    };
  } finally {
    await browser.close();
  }
}

async function report(url: string, device: Device, port: number): Promise<Report> {
  const options = ["--quiet", `--port=${port}`, "--output=json", `--only-categories=${CATEGORIES.join(",")}`];
  if (device === "desktop") options.push("--preset=desktop");
  const { stdout } = await promisify(execFile)("npx", ["--yes", LIGHTHOUSE, url, ...options], {
    cwd: tmpdir(),
    maxBuffer: 64 << 20,
  });
  return JSON.parse(stdout) as Report;
}
