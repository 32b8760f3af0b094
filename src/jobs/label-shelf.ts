type Versioned = { readonly version: number };

type Answer<Labels> = (labels: Labels | undefined) => void;

type Place<Asker, Labels> = {
  /** Makes the table; nobody once it is there. */
  maker: Asker | undefined;
  labels: Labels | undefined;
  readonly waiting: { readonly asker: Asker; readonly answer: Answer<Labels> }[];
};

/** The table of each version of the labels is made by one of those who ask for it; the others wait for it. */
export class LabelShelf<Asker, Labels extends Versioned> {
  readonly #places = new Map<number, Place<Asker, Labels>>();

  /** Answers with the table, or with nothing: then this asker is to make it. */
  ask(version: number, asker: Asker, answer: Answer<Labels>): void {
    const place = this.#places.get(version) ?? { maker: undefined, labels: undefined, waiting: [] };
    this.#places.set(version, place);
    if (place.labels !== undefined) return answer(place.labels);
    if (place.maker !== undefined) return void place.waiting.push({ asker, answer });
    place.maker = asker;
    answer(undefined);
  }

  leave(labels: Labels): void {
    const { version } = labels;
    // Of earlier versions nobody makes use any more; who has one keeps it.
    for (const earlier of this.#places.keys()) {
      if (earlier < version && this.#places.get(earlier)?.labels !== undefined) this.#places.delete(earlier);
    }
    const waiting = this.#places.get(version)?.waiting ?? [];
    this.#places.set(version, { maker: undefined, labels, waiting: [] });
    for (const { answer } of waiting) answer(labels);
  }

  /** An asker is no more, or could not make a table: somebody else who waits for it is to make it. */
  giveUp(gone: Asker): void {
    for (const place of this.#places.values()) {
      const others = place.waiting.filter(({ asker }) => asker !== gone);
      place.waiting.splice(0, place.waiting.length, ...others);
      if (place.maker !== gone) continue;
      const next = place.waiting.shift();
      place.maker = next?.asker;
      next?.answer(undefined);
    }
  }
}
