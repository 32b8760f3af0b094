import { expect, test } from "vitest";
import { identify } from "./identify.ts";
import { drawSecrets } from "./secrets.ts";
import { drawId, signSession } from "./session-token.ts";

const secrets = drawSecrets();
const NOW = 1_800_000_000;
const LATER = NOW + 60;
const id = drawId();
const person = signSession(secrets.instanceKey, { role: "person", id, expires: LATER });
const operator = signSession(secrets.instanceKey, { role: "operator", id, expires: LATER });
const nobody = { authorization: undefined, operatorCookie: undefined, personCookie: undefined };
const GUEST = { role: "guest", personId: null };

/** With one character changed. */
function tampered(token: string, index: number): string {
  return `${token.slice(0, index)}${token[index] === "A" ? "B" : "A"}${token.slice(index + 1)}`;
}

const SESSION = { role: "operator", id, expires: LATER };

test.each([
  ["nothing", {}, GUEST],
  ["a person's cookie", { personCookie: person }, { role: "guest", personId: id }],
  ["the operator's cookie", { operatorCookie: operator }, { role: "operator", personId: null, operator: SESSION }],
  [
    "both cookies",
    { operatorCookie: operator, personCookie: person },
    { role: "operator", personId: id, operator: SESSION },
  ],
  ["a person's cookie in the operator's place", { operatorCookie: person }, GUEST],
  [
    "a cookie of another instance",
    { operatorCookie: signSession(drawSecrets().instanceKey, { role: "operator", id, expires: LATER }) },
    GUEST,
  ],
  [
    "a cookie that is too old",
    { operatorCookie: signSession(secrets.instanceKey, { role: "operator", id, expires: NOW }) },
    GUEST,
  ],
  [
    "a cookie without a time",
    { operatorCookie: signSession(secrets.instanceKey, { role: "operator", id, expires: Number.NaN }) },
    GUEST,
  ],
  ["a cookie without a signature", { operatorCookie: operator.split(".")[0] }, GUEST],
  ["a cookie with more behind it", { operatorCookie: `${operator}.x` }, GUEST],
  ["an empty cookie", { operatorCookie: "" }, GUEST],
  ["the token", { authorization: `Bearer ${secrets.operatorToken}` }, { role: "operator", personId: "operator" }],
  [
    "the token, spelt otherwise",
    { authorization: `bearer  ${secrets.operatorToken}` },
    { role: "operator", personId: "operator" },
  ],
  ["another token", { authorization: `Bearer ${drawSecrets().operatorToken}` }, "wrong-token"],
  [
    "another token beside the operator's cookie",
    { authorization: "Bearer x", operatorCookie: operator },
    "wrong-token",
  ],
  ["an empty token", { authorization: "Bearer " }, "wrong-token"],
  ["another scheme", { authorization: "Basic dXNlcjpwYXNz" }, GUEST],
])("%s", (_name, shown, identity) => {
  expect(identify(secrets, { ...nobody, ...shown }, NOW)).toEqual(identity);
});

test("a cookie with any character changed counts as none", () => {
  for (let index = 0; index < operator.length; index += 1) {
    const cookie = tampered(operator, index);
    // The last character of base64url holds bits that decode to nothing.
    if (Buffer.from(cookie, "base64url").equals(Buffer.from(operator, "base64url"))) continue;
    expect(identify(secrets, { ...nobody, operatorCookie: cookie }, NOW), cookie).toEqual(GUEST);
  }
});
