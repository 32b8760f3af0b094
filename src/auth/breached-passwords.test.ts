import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openBreachedPasswords } from "./breached-passwords.ts";
import { refuseWeak } from "./password-rules.ts";

const dir = mkdtempSync(join(tmpdir(), "breached-"));
const sha1 = (password: string): string => createHash("sha1").update(password).digest("hex").toUpperCase();

function listOf(passwords: readonly string[], end = "\r\n"): string {
  const path = join(dir, `${passwords.length}-${end.length}.txt`);
  const lines = passwords.map((password, index) => `${sha1(password)}:${index ** 3}`).toSorted();
  writeFileSync(path, lines.join(end) + end);
  return path;
}

test("each password of the list is found, and none that is not there", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 40 }), fc.boolean(), async (all, unix) => {
      const list = openBreachedPasswords(listOf(all, unix ? "\n" : "\r\n"));
      for (const password of all) expect(await list.has(password)).toBe(true);
      for (const password of all) expect(await list.has(`${password} no`)).toBe(all.includes(`${password} no`));
      list.close();
    }),
    { numRuns: 30 },
  );
});

test("a new password that others have lost is refused, and why", async () => {
  const lost = "a long one that was lost elsewhere";
  const breached = openBreachedPasswords(listOf([lost, "another"]));
  const account = { name: "Ada", email: "ada@example.org", password: lost };
  await expect(refuseWeak({ breached }, account)).rejects.toMatchObject({
    code: "AUTH_WEAK_PASSWORD",
    message: expect.stringContaining("others have lost"),
  });
  await refuseWeak({ breached }, { ...account, password: `${lost} not` });
  // Another way to write the same is hashed as the same.
  const wide = `\uff41${lost.slice(1)}`;
  await expect(refuseWeak({ breached }, { ...account, password: wide })).rejects.toThrow("others have lost");
  breached.close();
});

test("a list that is missing, or none, is an error at once", () => {
  const wrong = join(dir, "wrong.txt");
  writeFileSync(wrong, "password\n");
  expect(() => openBreachedPasswords(join(dir, "none.txt"))).toThrow("cannot be read");
  expect(() => openBreachedPasswords(wrong)).toThrow("does not begin with a SHA-1");
  const shuffled = join(dir, "shuffled.txt");
  const hashes = Array.from({ length: 200 }, (_, index) => sha1(String(index)));
  writeFileSync(shuffled, `${hashes.toSorted().toReversed().join("\n")}\n`);
  expect(() => openBreachedPasswords(shuffled)).toThrow("not in the order of its hashes");
});
