import { expect, test } from "vitest";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { access } from "#store";
import { openAccounts } from "./accounts.ts";
import { createApiKey } from "./api-keys.ts";
import { remindOfKeys } from "./remind-of-keys.ts";
import { drawSecrets } from "./secrets.ts";

const { db } = await openTestDatabase();
const letters: { readonly to: string; readonly subject: string }[] = [];
const accounts = openAccounts({
  db,
  instanceKey: drawSecrets().instanceKey,
  publicUrl: "https://iq.example.org",
  registration: "invite",
  sendLetter: async (letter) => void letters.push(letter),
  onFault: (error: unknown) => expect.fail(String(error)),
});
const by = { role: "member", personId: null, address: null, requestId: null };

test("whoever has a key that ends within a week hears of it once, unless they want no letters", async () => {
  await query(
    db,
    "INSERT INTO people (id, name, email) VALUES ('a', 'Ada', 'ada@example.org'), ('b', 'Bob', 'bob@example.org')",
  );
  await query(db, "UPDATE people SET tier = 'power', mail_key_reminders = (id = 'a')");
  for (const id of ["a", "b"]) {
    const person = await access.accounts.findPerson(db, id);
    if (person === undefined) throw new Error("nobody is there");
    for (const name of ["soon", "later", "replaced", "revoked", "short"]) {
      await createApiKey(db, person, { name, scopes: ["feed"], days: 90, by });
    }
  }
  const inDays = (days: number) => `now() + interval '${days} days'`;
  await query(db, `UPDATE api_keys SET expires_at = ${inDays(5)} WHERE name <> 'later'`);
  await query(db, "UPDATE api_keys SET created_at = now() - interval '85 days' WHERE name <> 'short'");
  await query(db, "UPDATE api_keys SET replaced_at = now() WHERE name = 'replaced'");
  await query(db, "UPDATE api_keys SET revoked_at = now() WHERE name = 'revoked'");
  await Promise.all([remindOfKeys(accounts), remindOfKeys(accounts)]);
  await remindOfKeys(accounts);
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  expect(letters.map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
    `ada@example.org: A key of yours at utxoIQ ends on ${day}`,
  ]);
});
