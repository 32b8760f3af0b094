import { formatCount } from "../format/numbers.ts";
import { shorten } from "../format/shorten.ts";

/** Somewhere to go, as the palette lists it. */
export type Place = {
  readonly title: string;
  /** What it is: page, metric, entity, block, transaction. */
  readonly kind: string;
  /** An address of this page, with what is chosen there. */
  readonly path: string;
};

const MOST = 12;

/**
 * What somebody may mean by what they typed: a block by its height or hash, a transaction by its id, else whatever has
 * all the words, those that begin with them first.
 *
 * @param txids transactions that are found by how their ids begin
 */
export function findPlaces(text: string, places: readonly Place[], txids: readonly string[] = []): readonly Place[] {
  const typed = text.trim().toLowerCase();
  return [...namedOf(typed), ...begunBy(typed, txids), ...matching(typed, places)].slice(0, MOST);
}

/** The beginning of a hash or of a transaction id, as it stands shortened on a page. */
export function beginningOf(text: string): string | undefined {
  const [beginning = ""] = text.trim().toLowerCase().split("…");
  return /^[0-9a-f]{4,63}$/.test(beginning) ? beginning : undefined;
}

function begunBy(typed: string, txids: readonly string[]): Place[] {
  const beginning = beginningOf(typed);
  return beginning === undefined ? [] : txids.filter((txid) => txid.startsWith(beginning)).map(placeOfTransaction);
}

function namedOf(typed: string): Place[] {
  // However thousands are parted.
  const height = typed.replace(/^block\s+/, "").replaceAll(/[\s,.'’_]/g, "");
  if (/^\d{1,9}$/.test(height))
    return [{ title: `Block ${formatCount(Number(height))}`, kind: "block", path: `/blocks/${Number(height)}` }];
  if (!/^[0-9a-f]{64}$/.test(typed)) return [];
  const transaction = placeOfTransaction(typed);
  const block = { title: `Block ${shorten(typed)}`, kind: "block", path: `/blocks/${typed}` };
  // A block's hash begins with zeros on every network that is mined in earnest.
  return typed.startsWith("00000000") ? [block, transaction] : [transaction, block];
}

function placeOfTransaction(txid: string): Place {
  return { title: `Transaction ${shorten(txid)}`, kind: "transaction", path: `/transactions/${txid}` };
}

function matching(typed: string, places: readonly Place[]): Place[] {
  const words = typed.split(/\s+/).filter(Boolean);
  return places
    .filter(({ title, kind }) => words.every((word) => `${title} ${kind}`.toLowerCase().includes(word)))
    .toSorted((left, right) => Number(begins(right, typed)) - Number(begins(left, typed)));
}

function begins({ title }: Place, typed: string): boolean {
  return typed !== "" && title.toLowerCase().startsWith(typed);
}
