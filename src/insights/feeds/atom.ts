import { escapeMarkup } from "../escape-markup.ts";

/** Unix seconds where a time is asked for. */
export type AtomEntry = {
  /** Of the tag: URI, after the network; never changes. */
  readonly name: string;
  readonly title: string;
  readonly published: number;
  readonly updated: number;
  readonly url: string;
  readonly summary: string;
  readonly category: string;
};

export type AtomFeed = {
  readonly name: string;
  /** Tells this chain from every other: the genesis hash, of a simulation with its seed. */
  readonly chainId: string;
  readonly title: string;
  readonly subtitle: string;
  /** Of the feed itself and of what a person reads in its place. */
  readonly url: string;
  readonly pageUrl: string;
  readonly entries: readonly AtomEntry[];
};

/**
 * Whoever runs this has no name on the internet that could stand in an id, so the ids have one that is nobody's
 * (RFC 2606): the same insight has the same id on every machine.
 */
const AUTHORITY = "tag:utxoiq.invalid,2026:";

/** An Atom feed (RFC 4287). A feed without entries is as old as the epoch. */
export function writeAtom(feed: AtomFeed): string {
  const updated = Math.max(0, ...feed.entries.map((entry) => entry.updated));
  return [
    `<?xml version="1.0" encoding="utf-8"?>`,
    `<feed xmlns="http://www.w3.org/2005/Atom">`,
    element("id", idOf(feed, feed.name)),
    element("title", feed.title),
    element("subtitle", feed.subtitle),
    element("updated", timeOf(updated)),
    `<author><name>utxoIQ</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeMarkup(feed.url)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeMarkup(feed.pageUrl)}"/>`,
    ...feed.entries.map((entry) => writeEntry(entry, feed)),
    `</feed>`,
    "",
  ].join("\n");
}

function writeEntry(entry: AtomEntry, feed: AtomFeed): string {
  return [
    "<entry>",
    element("id", idOf(feed, entry.name)),
    element("title", entry.title),
    element("published", timeOf(entry.published)),
    element("updated", timeOf(entry.updated)),
    `<link rel="alternate" href="${escapeMarkup(entry.url)}"/>`,
    `<category term="${escapeMarkup(entry.category)}"/>`,
    `<summary type="text">${escapeMarkup(entry.summary)}</summary>`,
    "</entry>",
  ].join("\n");
}

function idOf({ chainId }: AtomFeed, name: string): string {
  return `${AUTHORITY}${encodeURIComponent(chainId)}:${name}`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeMarkup(text)}</${name}>`;
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
