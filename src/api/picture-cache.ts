import { AppError } from "#lib";
import type { StoredBrief } from "#store";

/** Enough for the briefs of a week. A PNG of 60 kB takes a tenth of a second of a core to make. */
const MOST_PICTURES = 40;

type Drawn = { readonly svg: () => Promise<string>; readonly png: () => Promise<Uint8Array> };

/** Pictures that were asked for lately. A published brief never changes, so neither do they. */
export class PictureCache {
  #drawn: ReadonlyMap<string, Drawn> = new Map();

  /** @throws AppError where the brief has no such item, or its event no picture */
  of({ brief }: StoredBrief, number: number): Drawn {
    const key = `${brief.day} ${number}`;
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const item = brief.items[number - 1];
    const picture = item?.picture ?? null;
    if (item === undefined || picture === null)
      throw new AppError("API_BRIEF_NOT_FOUND", `the brief of ${brief.day} has no picture ${number}`);
    const title = { headline: item.insight.headline, network: brief.network, simulated: brief.simulated };
    // What draws is loaded with the first picture: the program starts without it.
    const svg = once(async () => (await import("#pictures")).drawSvg(picture, title));
    const png = once(async () => (await import("#pictures")).renderPng(await svg()));
    const drawn: Drawn = { svg, png };
    this.#drawn = new Map([...this.#drawn, [key, drawn] as const].slice(-MOST_PICTURES));
    return drawn;
  }
}

/** Whoever asks meanwhile waits for the same. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
