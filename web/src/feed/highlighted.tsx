import type { Highlight } from "#contract";
import styles from "./search.module.css";

/** A text with the words that were searched for marked in it. */
export function Highlighted({
  text,
  pieces,
}: {
  readonly text: string;
  readonly pieces: Highlight["headline"] | undefined;
}) {
  // An insight that was updated since it was found reads otherwise: then nothing is marked.
  if (pieces === undefined || pieces.map((piece) => piece.text).join("") !== text) return text;
  let place = 0;
  return pieces.map(({ text: piece, found }) => {
    const key = place;
    place += piece.length;
    return found ? (
      <mark key={key} className={styles.mark}>
        {piece}
      </mark>
    ) : (
      <span key={key}>{piece}</span>
    );
  });
}
