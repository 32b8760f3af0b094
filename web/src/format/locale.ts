const KEY = "utxoiq-locale";

const listeners = new Set<() => void>();

/** As a browser keeps it, so that a page that is opened anew is written so from its first number on. */
let chosen = readKept();

/** In whose way numbers and times are written: as somebody chose it in their account; `undefined`: as the browser says. */
export function readerLocale(): string | undefined {
  return chosen;
}

/** @param locale `null`: as the browser says */
export function chooseLocale(locale: string | null): void {
  const next = locale ?? undefined;
  if (next === chosen) return;
  chosen = next;
  keep(next);
  for (const listener of listeners) listener();
}

export function onLocale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A browser may refuse us its storage, and hold what no account ever said. */
function readKept(): string | undefined {
  try {
    const kept = globalThis.localStorage?.getItem(KEY) ?? undefined;
    return kept === undefined ? undefined : Intl.getCanonicalLocales(kept)[0];
  } catch {
    return undefined;
  }
}

function keep(locale: string | undefined): void {
  try {
    if (locale === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, locale);
  } catch {
    // It holds until the page is closed.
  }
}
