import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acquireInstanceLock } from "./instance-lock.ts";
import { takeLockFile } from "./lock-file.ts";
import { isAlive, ownIdentity } from "./process-identity.ts";

let dataDir = "";
const instance = { roles: ["ingest"], url: null };

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "utxoiq-lock-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Takes the lock of the data directory in a process of its own, which then stays until it is killed. */
async function startHolder() {
  const module = new URL("./instance-lock.ts", import.meta.url).href;
  const code = `import { acquireInstanceLock } from ${JSON.stringify(module)};
    acquireInstanceLock(${JSON.stringify(dataDir)}, { roles: ["api", "ingest"], url: "http://localhost:4000" });
    process.stdout.write("held");
    setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  return holder;
}

describe("the lock of an instance", () => {
  test("refuses a second start in one sentence that names process and address", async () => {
    const holder = await startHolder();
    try {
      expect(() => acquireInstanceLock(dataDir, instance)).toThrow(
        `utxoIQ is already running on ${dataDir} as process ${holder.pid} at http://localhost:4000.`,
      );
    } finally {
      holder.kill("SIGKILL");
      await once(holder, "exit");
    }
  });

  test("keeps no other role out, and nothing of its own when one of several is taken", () => {
    const api = acquireInstanceLock(dataDir, { roles: ["api"], url: null });
    expect(() => acquireInstanceLock(dataDir, { roles: ["ingest", "api"], url: null })).toThrow("already running");
    const ingest = acquireInstanceLock(dataDir, instance);
    ingest.release();
    api.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test("is taken over from a process that was killed", async () => {
    const holder = await startHolder();
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const lock = acquireInstanceLock(dataDir, { roles: ["ingest", "api"], url: null });
    expect(readFileSync(join(dataDir, "ingest.lock"), "utf8")).toContain(`"pid":${process.pid}`);
    lock.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test("is not kept by another process that got the same pid", () => {
    const earlier = { ...ownIdentity(), startTime: "another boot:1", startedAt: "", url: null };
    writeFileSync(join(dataDir, "ingest.lock"), JSON.stringify(earlier));
    const hasStartTimes = ownIdentity().startTime !== null;
    const attempt = takeLockFile(join(dataDir, "ingest.lock"), null);
    expect(attempt).toMatchObject(hasStartTimes ? { taken: true, tookOver: true } : { taken: false });
  });

  test("is not kept by a file that nobody wrote whole", () => {
    writeFileSync(join(dataDir, "ingest.lock"), '{"pid":');
    expect(takeLockFile(join(dataDir, "ingest.lock"), null)).toMatchObject({ taken: true, tookOver: true });
  });

  test("is released by its owner alone", () => {
    const lock = acquireInstanceLock(dataDir, instance);
    expect(() => acquireInstanceLock(dataDir, instance)).toThrow("already running");
    const path = join(dataDir, "ingest.lock");
    writeFileSync(path, "somebody else's");
    lock.release();
    expect(readFileSync(path, "utf8")).toBe("somebody else's");
  });

  test("has one winner when many find the same dead owner at once", async () => {
    const path = join(dataDir, "contested.lock");
    const module = new URL("./lock-file.ts", import.meta.url).href;
    const at = Date.now() + 1_500;
    const code = `import { takeLockFile } from ${JSON.stringify(module)};
      while (Date.now() < ${at}) {}
      process.stdout.write(takeLockFile(${JSON.stringify(path)}, null).taken ? "1" : "0");
      setTimeout(() => undefined, 1500);`;
    writeFileSync(path, JSON.stringify({ pid: 4_194_304, startTime: "gone:1", startedAt: "", url: null }));
    const contenders = Array.from({ length: 4 }, () => spawn(process.execPath, ["--input-type=module", "-e", code]));
    const answers = await Promise.all(contenders.map(async (child) => String((await once(child.stdout, "data"))[0])));
    expect(answers.toSorted()).toEqual(["0", "0", "0", "1"]);
    await Promise.all(contenders.map((child) => once(child, "exit")));
    expect(readdirSync(dataDir)).toEqual(["contested.lock"]);
  });
});

describe("a data directory", () => {
  test.each([
    ["is a file", () => join(dataDir, "file"), "it or a part of its path is a file"],
    ["lies below a file", () => join(dataDir, "file", "below"), "it or a part of its path is a file"],
  ])("that %s is refused in one sentence", (_name, path, reason) => {
    writeFileSync(join(dataDir, "file"), "");
    expect(() => acquireInstanceLock(path(), instance)).toThrow(
      expect.objectContaining({
        code: "STORE_DATA_DIRECTORY",
        message: `The data directory ${path()} cannot be used: ${reason}.`,
      }),
    );
  });

  test("that may not be written is refused in one sentence", () => {
    const closed = process.getuid?.() === 0 ? "/proc/utxoiq" : join(dataDir, "closed");
    if (closed.startsWith(dataDir)) mkdirSync(closed, { mode: 0o555 });
    expect(() => acquireInstanceLock(closed, instance)).toThrow(
      expect.objectContaining({
        code: "STORE_DATA_DIRECTORY",
        message: expect.stringContaining(`${closed} cannot be used: `),
      }),
    );
  });

  test("is created where it is missing", () => {
    const path = join(dataDir, "a", "b");
    acquireInstanceLock(path, instance);
    expect(readdirSync(path)).toEqual(["ingest.lock"]);
  });
});

describe("a process", () => {
  test("is alive until it has ended, and a zombie is not", async () => {
    expect(isAlive(ownIdentity())).toBe(true);
    const child = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"]);
    const identity = { pid: child.pid ?? 0, startTime: null };
    expect(isAlive(identity)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(identity)).toBe(false);
  });

  test("that takes a lock file twice is told that it holds it", () => {
    const path = join(dataDir, "some.lock");
    const first = takeLockFile(path, null);
    expect(takeLockFile(path, null)).toMatchObject({ taken: false, holder: { pid: process.pid } });
    if (first.taken) first.release();
    expect(takeLockFile(path, null)).toMatchObject({ taken: true, tookOver: false });
  });
});
