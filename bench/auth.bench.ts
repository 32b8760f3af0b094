/**
 * How long it takes to find out who asks: by the cookie of a session, a key and a token, warm, on the embedded
 * PostgreSQL, with a thousand people. Each answer is checked before any is timed.
 */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import {
  type Credentials,
  createAccount,
  createApiKey,
  createTokens,
  drawSecrets,
  findActor,
  openAccounts,
} from "#auth";
import { access, type Database } from "#store";
import { withDatabase } from "./embedded-database.ts";

const PEOPLE = 1_000;
const ROUNDS = 2_000;

export const run = (): Promise<Record<string, unknown>> => withDatabase(measure);

async function measure(db: Database): Promise<Record<string, unknown>> {
  const secrets = drawSecrets();
  const accounts = openAccounts({
    db,
    instanceKey: secrets.instanceKey,
    publicUrl: "http://localhost",
    registration: "invite",
    sendLetter: () => Promise.resolve(),
    onFault: (error) => assert.fail(String(error)),
  });
  const { internalAdapter } = await (await accounts.betterAuth()).$context;
  for (let index = 1; index < PEOPLE; index += 1) {
    const name = `person${index}`;
    const source = { method: "admin" } as const;
    const { id } = await internalAdapter.createUser(
      { name, email: `${name}@example.org`, emailVerified: true },
      source,
    );
    await internalAdapter.createSession(id);
  }
  const account = { name: "Ada", email: "ada@example.org", password: "correct horse battery" };
  const personId = await createAccount(accounts, account, "member");
  const person = await access.accounts.findPerson(db, personId);
  assert.ok(person !== undefined);
  const session = await internalAdapter.createSession(personId);
  const signature = createHmac("sha256", accounts.secret).update(session.token).digest("base64");
  const by = { role: "operator", personId: null, address: null, requestId: null };
  const { key } = await createApiKey(db, person, { name: "bench", scopes: ["chain"], days: 1, by });
  const { token } = await createTokens(accounts, { personId, sessionId: session.id, by });

  const nothing = { authorization: undefined, operatorCookie: undefined, personCookie: undefined };
  const time = async (name: string, credentials: Credentials): Promise<number> => {
    const durations: number[] = [];
    for (let round = -200; round < ROUNDS; round += 1) {
      const started = performance.now();
      const actor = await findActor(accounts, secrets, { credentials, now: Date.now() / 1_000 });
      if (round >= 0) durations.push(performance.now() - started);
      assert.equal(actor === "wrong-token" ? "" : actor.personId, personId);
    }
    const sorted = durations.toSorted((left, right) => left - right);
    const at = (share: number): number => Number((sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(2));
    console.log(`${name.padEnd(10)} median ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms`);
    return at(0.99);
  };
  const cookie = encodeURIComponent(`${session.token}.${signature}`);
  return {
    people: PEOPLE,
    jwtP99: await time("token", { ...nothing, authorization: `Bearer ${token}` }),
    apiKeyP99: await time("key", { ...nothing, authorization: `Bearer ${key}` }),
    sessionP99: await time("session", { ...nothing, sessionCookie: cookie }),
  };
}
