import { expect, test } from "vitest";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { limitReads } from "./limit-reads.ts";

const { db } = await openTestDatabase();

type Given = Parameters<ReturnType<typeof limitReads>>;

function asking(actor: object, ip = "192.0.2.1"): Given {
  const headers: Record<string, string> = {};
  const reply = {
    header: (name: string, value: string) => {
      headers[name] = value;
      return reply;
    },
    headers,
  };
  return [{ actor, ip }, reply] as unknown as Given;
}

const guest = { role: "guest" };

test("a page may ask so often in a minute, and hears when it may again", async () => {
  const limit = limitReads(db, 3);
  for (let count = 0; count < 3; count += 1) {
    const [request, reply] = asking(guest);
    await limit(request, reply);
    const headers = { "ratelimit-policy": '"minute";q=3;w=60', ratelimit: `"minute";r=${2 - count};t=60` };
    expect(reply).toMatchObject({ headers });
  }
  const fourth = asking(guest);
  await expect(limit(...fourth)).rejects.toThrow("too much was asked for");
  expect(fourth[1]).toMatchObject({ headers: { "retry-after": "60" } });
  // Somebody else, and somebody at the same address with an account, have limits of their own.
  await limit(...asking(guest, "192.0.2.2"));
  await limit(...asking({ role: "member", person: { id: "ada" } }));
  await query(db, "UPDATE window_counts SET ends_at = now() - interval '1 second'");
  await limitReads(db, 3)(...asking(guest));
});

test("two processes let through no more than one, and hardly less, however it comes", async () => {
  const [one, other] = [limitReads(db, 100), limitReads(db, 100)];
  const asked = Array.from({ length: 260 }, (_, index) =>
    (index % 3 === 0 ? one : other)(...asking(guest, "192.0.2.3")),
  );
  const answers = await Promise.allSettled(asked);
  const through = answers.filter(({ status }) => status === "fulfilled").length;
  expect(through).toBeLessThanOrEqual(100);
  // What is left of a share that one of them holds is not given out by the other.
  expect(through).toBeGreaterThan(90);
});

test("within a network of version 6 anybody can take any address", async () => {
  const limit = limitReads(db, 1);
  await limit(...asking(guest, "2001:db8::1"));
  await expect(limit(...asking(guest, "2001:db8::2"))).rejects.toThrow("too much");
});

test("the operator and programs with keys are not counted here, and 0 is no limit", async () => {
  const limit = limitReads(db, 1);
  for (let count = 0; count < 3; count += 1) {
    await limit(...asking({ role: "operator" }, "192.0.2.4"));
    await limit(...asking({ role: "member", person: { id: "eve" }, use: { used: 1, resetSeconds: 1 } }));
    await limitReads(db, 0)(...asking(guest, "192.0.2.4"));
  }
  // None of that was counted for the address.
  expect(await limit(...asking(guest, "192.0.2.4"))).toBeUndefined();
});
