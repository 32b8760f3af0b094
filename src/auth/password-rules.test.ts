import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, test } from "vitest";
import { refuseWeak } from "./password-rules.ts";

const LONG_ENOUGH = 12;
const refuse = (password: string) => refuseWeak({}, { name: "Ada Lovelace", email: "ada@example.org", password });

describe("a password that is soon guessed is refused, and why", () => {
  test.each([
    ["password1234", "most often"],
    ["Passw0rd2024!", "most often"],
    ["letmein12345", "most often"],
    ["passwordpassword", "one pattern"],
    ["aaaaaaaaaaaaaaaaaaaa", "one character"],
    ["ada@example.org", "your name or address"],
    ["ada lovelace", "your name or address"],
    ["abcdefghijkl", "counts on"],
  ])("%s", async (password, reason) => {
    await expect(refuse(password)).rejects.toMatchObject({
      code: "AUTH_WEAK_PASSWORD",
      message: expect.stringContaining(reason),
    });
  });

  test("each of the commonest that is long enough", async () => {
    const common = dictionary["passwords-common"].map(String).filter(({ length }) => length >= LONG_ENOUGH);
    expect(common.length).toBeGreaterThan(300);
    for (const password of common) await expect(refuse(password)).rejects.toThrow();
  });
});

test.each([
  "correct horse battery",
  "kJ8#mQ2!xT5z",
  "grüne Tee-Tassen",
  "漢字とかなの混ざった合言葉です",
  "a very long way to say that nobody will ever guess this one ".repeat(2),
])("%s is taken", async (password) => expect(await refuse(password)).toBeUndefined());
