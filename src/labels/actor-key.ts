/** What is neither letter nor digit, of ASCII in small letters. */
const SIGNS = /[^a-z0-9\u0080-\u{10ffff}]/gu;

/**
 * Two spellings of one actor have the same key: the letters and digits of the name, in small letters. What is not ASCII
 * stays as it is. The column `actor_key` of the store is the same.
 */
export function keyOfActor(actor: string): string {
  const key = actor.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()).replaceAll(SIGNS, "");
  return key === "" ? actor : key;
}

/** What a pool of that name is known by: label files write one pool as "binance" and "Binance Pool". */
export function keyOfPool(name: string): string {
  return keyOfActor(name.replaceAll(/(?<![\p{L}\p{N}])pool(?![\p{L}\p{N}])/giu, " "));
}
