import { openSigned, signText } from "./signed-text.ts";

/** Between the two parts; neither has one. */
const BETWEEN = "~";

/**
 * The library's token proves an address alone. This one is of an account as well: a letter that was mailed for one
 * confirms no other, which somebody else made with the same address.
 */
export function writeConfirmingToken(key: Uint8Array, token: string, personId: string): string {
  return `${token}${BETWEEN}${signText(key, "confirm", personId)}`;
}

/** `undefined` where this key did not sign it. */
export function readConfirmingToken(key: Uint8Array, text: string) {
  const [token = "", signed = "", ...rest] = text.split(BETWEEN);
  const personId = rest.length > 0 ? undefined : openSigned(key, "confirm", signed);
  return personId === undefined ? undefined : { token, personId };
}
