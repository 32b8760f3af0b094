import { chmodSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

test.each(["new", "open to everybody"])(
  "a log that is %s is its owner's alone: links to accounts stand in it",
  async (before) => {
    const file = join(mkdtempSync(join(tmpdir(), "utxoiq-log-")), "utxoiq.log");
    if (before !== "new") {
      writeFileSync(file, "");
      chmodSync(file, 0o644);
    }
    createLogger(file, "info").info("a letter");
    await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  },
);
