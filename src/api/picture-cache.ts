import type { drawSvg } from "#pictures";

/** Enough for the briefs of a week. A PNG of 60 kB takes a tenth of a second of a core to make. */
const MOST_PICTURES = 40;

export type Drawn = { readonly svg: () => Promise<string>; readonly png: () => Promise<Uint8Array> };

type Drawing = Parameters<typeof drawSvg>;
/** What is drawn, read when it is. */
type Read = () => Promise<{ readonly picture: Drawing[0]; readonly title: Drawing[1] }>;

/** Pictures that were asked for lately; whoever asks for one that is being drawn waits for the same. */
export class PictureCache {
  readonly #keptMs: number;
  readonly #drawn = new Map<string, Drawn & { readonly until: number }>();

  /** @param keptMs for how long a picture is right; for ever where nothing is said */
  constructor(keptMs = Number.POSITIVE_INFINITY) {
    this.#keptMs = keptMs;
  }

  get(key: string, read: Read): Drawn {
    const now = performance.now();
    const known = this.#drawn.get(key);
    if (known !== undefined && known.until > now) return known;
    const forget = (): void => void this.#drawn.delete(key);
    // What draws is loaded with the first picture: the program starts without it.
    const svg = once(async () => {
      const [{ picture, title }, pictures] = await Promise.all([read(), import("#pictures")]);
      return pictures.drawSvg(picture, title);
    }, forget);
    const png = once(async () => (await import("#pictures")).renderPng(await svg()), forget);
    forget();
    this.#drawn.set(key, { svg, png, until: now + this.#keptMs });
    for (const oldest of this.#drawn.keys()) {
      if (this.#drawn.size <= MOST_PICTURES) break;
      this.#drawn.delete(oldest);
    }
    return { svg, png };
  }
}

/** Whoever asks meanwhile waits for the same; what failed is tried anew. */
function once<Value>(make: () => Promise<Value>, onFailed: () => void): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      onFailed();
      throw error;
    });
    return made;
  };
}
