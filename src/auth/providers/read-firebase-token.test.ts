import { expect, test } from "vitest";
import { readFirebaseToken } from "./read-firebase-token.ts";

const now = Math.floor(Date.now() / 1_000);
const claims = {
  iss: "https://securetoken.google.com/iq",
  aud: "iq",
  sub: "ada",
  iat: now,
  exp: now + 3_600,
  auth_time: now,
  email: "ada@example.org",
  email_verified: true,
};

/** As Firebase's emulator writes it: nobody signs it. */
function unsigned(changed: Readonly<Record<string, unknown>> = {}): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encode({ alg: "none", typ: "JWT" })}.${encode({ ...claims, ...changed })}.`;
}

test("a token that nobody signed counts for who trusts the emulator alone, and only if it is of now and for the project", async () => {
  const trusting = readFirebaseToken({ project: "iq", trustsEmulator: true });
  expect(await trusting(unsigned())).toMatchObject({ id: "ada", email: "ada@example.org", emailVerified: true });
  for (const changed of [{ aud: "another" }, { iss: "another" }, { exp: now - 60 }, { nbf: now + 60 }]) {
    expect(await trusting(unsigned(changed)), JSON.stringify(changed)).toBeUndefined();
  }
  expect(await readFirebaseToken({ project: "iq", keysUrl: "http://127.0.0.1:9/keys" })(unsigned())).toBeUndefined();
});

test("keys that cannot be fetched are told as such, and nobody is let in", async () => {
  const read = readFirebaseToken({ project: "iq", keysUrl: "http://127.0.0.1:9/keys" });
  const signed = unsigned().replace(
    /^[^.]+/,
    Buffer.from(JSON.stringify({ alg: "RS256", kid: "key-1" })).toString("base64url"),
  );
  await expect(read(`${signed}c2lnbmF0dXJl`)).rejects.toMatchObject({
    code: "AUTH_PROVIDER_UNREACHABLE",
    retryable: true,
  });
});
