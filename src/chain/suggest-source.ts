const SCHEMES = ["core", "core-files", "esplora", "dir", "simnet"] as const;

/** What somebody may have meant who wrote this for a source; repeats nothing but the scheme, as there may be a password. */
export function suggestSource(text: string): string | undefined {
  if (/^https?:\/\//i.test(text))
    return "expected core:http://… for a Bitcoin Core node, esplora:http://… for a server";
  if (/^(~|\.{0,2})\//.test(text)) {
    return "did you mean core-files:… (the data directory of Bitcoin Core) or dir:… (a directory of blocks) before it?";
  }
  const [, scheme] = /^([A-Za-z_-]{2,}):/.exec(text) ?? [];
  if (scheme === undefined) return undefined;
  const near = SCHEMES.map((known) => ({ known, edits: countEdits(lettersOf(scheme), lettersOf(known)) }))
    .filter(({ known, edits }) => known !== scheme && edits <= Math.max(1, Math.floor(known.length / 3)))
    .toSorted((left, right) => left.edits - right.edits);
  return near[0] === undefined ? undefined : `did you mean ${near[0].known}:?`;
}

function lettersOf(scheme: string): string {
  return scheme.toLowerCase().replace(/[^a-z]/g, "");
}

/** Letters to put in, take out or change that lead from one word to the other (Levenshtein). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of from.split("").entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split("").entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
