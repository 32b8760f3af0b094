import { mkdir, mkdtemp, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureDisk } from "./disk.ts";

test("a directory is as large as the files in it, each counted once, and its disk as the system says", async () => {
  const make = () => mkdtemp(join(tmpdir(), "utxoiq-disk-"));
  const [one, other] = [await make(), await make()];
  const empty = (await measureDisk([one]))?.usedBytes ?? 0;
  await mkdir(join(one, "in/side"), { recursive: true });
  for (const path of [join(one, "a"), join(one, "in/side/b"), join(other, "c")])
    await writeFile(path, Buffer.alloc(1_000_000, 1));
  const whole = await measureDisk([one]);
  expect(whole?.usedBytes).toBeGreaterThanOrEqual(empty + 2_000_000);
  expect(whole?.usedBytes).toBeLessThan(empty + 2_100_000);
  // What lies inside is there already.
  expect(await measureDisk([one, join(one, "in")])).toMatchObject({ usedBytes: whole?.usedBytes });
  expect((await measureDisk([one, other]))?.usedBytes).toBeGreaterThanOrEqual((whole?.usedBytes ?? 0) + 1_000_000);
  const { blocks, bsize } = await statfs(one);
  expect(whole?.totalBytes).toBe(blocks * bsize);
  expect(whole?.freeBytes).toBeLessThanOrEqual(whole?.totalBytes ?? 0);
  expect(await measureDisk([join(one, "not there")])).toBeUndefined();
});
