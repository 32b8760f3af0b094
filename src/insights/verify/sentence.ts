import type { Piece } from "./read-mentions.ts";

/** A sentence with its numbers, names and dates taken out, so that patterns can speak of where they stand. */
export type Sentence = {
  readonly pieces: readonly Piece[];
  /** Lower case; names as `SUBJECT`, ids as `TXID`, dates as `DATE`, numbers as `#`; all parted by single blanks. */
  readonly plain: string;
};

/** Cuts a text at its full stops. */
export function readSentences(text: string, pieces: readonly Piece[]): Sentence[] {
  const sentences: Piece[][] = [[]];
  for (const piece of pieces) {
    sentences.at(-1)?.push(piece);
    if (piece.type === "mark" && /[.!?]/.test(text.charAt(piece.offset))) sentences.push([]);
  }
  return sentences
    .filter((sentence) => sentence.length > 0)
    .map((sentence) => ({ pieces: sentence, plain: sentence.map((piece) => writePlain(text, piece)).join(" ") }));
}

/** A sentence with one of its numbers as `@`. */
export function focusOn(text: string, pieces: readonly Piece[], focus?: Piece): string {
  return withoutHedges(pieces)
    .map((piece) => (piece === focus ? "@" : writePlain(text, piece)))
    .join(" ");
}

/** What says how a number was rounded belongs to the number. */
function withoutHedges(pieces: readonly Piece[]): Piece[] {
  const hedged = pieces.flatMap((piece) =>
    piece.type === "quantity" && piece.hedgeLength > 0 ? [[piece.offset - piece.hedgeLength, piece.offset]] : [],
  );
  return pieces.filter(
    ({ type, offset }) => type !== "word" || !hedged.some(([from = 0, to = 0]) => offset >= from && offset < to),
  );
}

function writePlain(text: string, piece: Piece): string {
  if (piece.type === "quantity") return "#";
  if (piece.type === "name" || piece.type === "id") return piece.role.toUpperCase();
  if (piece.type === "date" || piece.type === "wrong-date") return "DATE";
  return text
    .slice(piece.offset, piece.offset + piece.length)
    .toLowerCase()
    .replaceAll("’", "'");
}
