import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { openInstanceKey } from "./instance-key.ts";
import { createOperatorCode, redeemOperatorCode } from "./operator-codes.ts";
import { removeOperatorToken, writeOperatorToken } from "./operator-token.ts";
import { drawSecrets } from "./secrets.ts";
import { drawId, signSession } from "./session-token.ts";

const { db } = await openTestDatabase();
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "utxoiq-auth-"));
});

const modeOf = (file: string): number => statSync(join(dataDir, file)).mode & 0o777;

test("the key is drawn once, kept for its owner alone, and stays", () => {
  const key = openInstanceKey(dataDir, undefined);
  expect(key).toHaveLength(32);
  expect(modeOf("instance.key")).toBe(0o600);
  expect(openInstanceKey(dataDir, undefined)).toEqual(key);
});

test("a key that was given counts, and is not written down", () => {
  expect(openInstanceKey(dataDir, "ab".repeat(32))).toEqual(Buffer.alloc(32, 0xab));
  expect(existsSync(join(dataDir, "instance.key"))).toBe(false);
});

test("a key that is none, or that others can read, is refused", () => {
  const refusal = expect.objectContaining({ code: "AUTH_INSTANCE_KEY" });
  expect(() => openInstanceKey(dataDir, "secret")).toThrow(refusal);
  writeFileSync(join(dataDir, "instance.key"), "", { mode: 0o600 });
  expect(() => openInstanceKey(dataDir, undefined)).toThrow(refusal);
  writeFileSync(join(dataDir, "instance.key"), "ab".repeat(32));
  chmodSync(join(dataDir, "instance.key"), 0o640);
  expect(() => openInstanceKey(dataDir, undefined)).toThrow(refusal);
});

test("the operator's token is for its owner alone, whatever lay there, and goes with its program", () => {
  const path = join(dataDir, "operator.token");
  writeFileSync(path, "old", { mode: 0o644 });
  writeOperatorToken(dataDir, "token");
  expect(readFileSync(path, "utf8")).toBe("token\n");
  expect(modeOf("operator.token")).toBe(0o600);
  removeOperatorToken(dataDir, "another");
  expect(existsSync(path)).toBe(true);
  removeOperatorToken(dataDir, "token");
  removeOperatorToken(dataDir, "token");
  expect(existsSync(path)).toBe(false);
});

test("a code counts once, in its time, with its key", async () => {
  const { instanceKey } = drawSecrets();
  const now = Date.now() / 1_000;
  const code = createOperatorCode(instanceKey, now);
  const redeem = (key: Uint8Array, given: string, at: number) => redeemOperatorCode(db, key, { code: given, now: at });
  expect(await redeem(drawSecrets().instanceKey, code, now)).toBe(false);
  expect(await redeem(instanceKey, code, now + 15 * 60)).toBe(false);
  const both = await Promise.all([redeem(instanceKey, code, now + 1), redeem(instanceKey, code, now + 1)]);
  expect(both.toSorted()).toEqual([false, true]);
  expect(await redeem(instanceKey, code, now + 2)).toBe(false);
  // What was signed for a cookie is no code.
  const cookie = signSession(instanceKey, { role: "operator", id: drawId(), expires: now + 900 });
  expect(await redeem(instanceKey, cookie, now)).toBe(false);
});
