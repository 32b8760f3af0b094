/** `pool` is the key of its actor. */
export type Tag = { readonly tag: string; readonly pool: string; readonly rank: number };

/** Texts by which pools sign their coinbases. A block is its whose tag comes first: the longest that is there. */
export class TagList {
  readonly #tags: Tag[] = [];
  readonly #known = new Map<string, Tag>();

  add(tag: Tag): void {
    const held = this.#known.get(tag.tag);
    if (held !== undefined && (held.rank > tag.rank || (held.rank === tag.rank && held.pool <= tag.pool))) return;
    this.#known.set(tag.tag, tag);
  }

  sort(): void {
    this.#tags.splice(0, this.#tags.length, ...[...this.#known.values()].sort(compareTags));
  }

  /** The longest first. */
  list(): readonly Tag[] {
    return this.#tags;
  }

  find(text: string): string | undefined {
    return this.#tags.find(({ tag }) => text.includes(tag))?.pool;
  }
}

/** A long text is rarely there by accident; text order makes the rest the same everywhere. */
function compareTags(left: Tag, right: Tag): number {
  return right.tag.length - left.tag.length || (left.tag < right.tag ? -1 : 1);
}
