import { formatCount } from "../format/numbers.ts";

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
 */
export function findPlaces(text: string, places: readonly Place[]): readonly Place[] {
  const typed = text.trim().toLowerCase();
  return [...namedOf(typed), ...matching(typed, places)].slice(0, MOST);
}

function namedOf(typed: string): Place[] {
  // However thousands are parted.
  const height = typed.replaceAll(/[\s,.'’_]/g, "");
  if (/^\d{1,9}$/.test(height))
    return [{ title: `Block ${formatCount(Number(height))}`, kind: "block", path: `/blocks/${Number(height)}` }];
  if (!/^[0-9a-f]{64}$/.test(typed)) return [];
  const short = `${typed.slice(0, 10)}…${typed.slice(-8)}`;
  const transaction = { title: `Transaction ${short}`, kind: "transaction", path: `/transactions/${typed}` };
  const block = { title: `Block ${short}`, kind: "block", path: `/blocks/${typed}` };
  // A block's hash begins with zeros on every network that is mined in earnest.
  return typed.startsWith("00000000") ? [block, transaction] : [transaction, block];
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
