import { expect, test } from "vitest";
import { limitReads } from "./limit-reads.ts";

type Given = Parameters<ReturnType<typeof limitReads>>;

function asking(actor: object, ip = "192.0.2.1"): Given {
  const headers: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => void (headers[name] = value), headers };
  return [{ actor, ip }, reply] as unknown as Given;
}

const guest = { role: "guest" };

test("a page may ask so often in a minute, and hears when it may again", () => {
  const limit = limitReads(3);
  for (let count = 0; count < 3; count += 1) limit(...asking(guest));
  const fourth = asking(guest);
  expect(() => limit(...fourth)).toThrow("too much was asked for");
  expect(fourth[1]).toMatchObject({ headers: { "retry-after": "60" } });
  // Somebody else, and somebody at the same address with an account, have limits of their own.
  limit(...asking(guest, "192.0.2.2"));
  limit(...asking({ role: "member", person: { id: "ada" } }));
});

test("within a network of version 6 anybody can take any address", () => {
  const limit = limitReads(1);
  limit(...asking(guest, "2001:db8::1"));
  expect(() => limit(...asking(guest, "2001:db8::2"))).toThrow("too much");
});

test("the operator and programs with keys are not counted here, and 0 is no limit", () => {
  const limit = limitReads(1);
  for (let count = 0; count < 3; count += 1) {
    limit(...asking({ role: "operator" }));
    limit(...asking({ role: "member", person: { id: "ada" }, use: { used: 1, resetSeconds: 1 } }));
    expect(() => limitReads(0)(...asking(guest))).not.toThrow();
  }
});
