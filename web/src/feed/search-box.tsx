import { Search, X } from "lucide-react";
import { useEffect, useEffectEvent, useId, useState } from "react";
import styles from "./search.module.css";

/** Whoever types is not asked for at every letter. */
const WAIT_MS = 300;

type Props = { readonly words: string; readonly onSearch: (words: string) => void };

export function SearchBox({ words, onSearch }: Props) {
  const [typed, setTyped] = useState(words);
  const id = useId();
  const search = useEffectEvent(onSearch);
  const typedOrNot = useEffectEvent(() => typed);
  // The address may change otherwise: the back button, another link.
  useEffect(() => {
    if (words.trim() !== typedOrNot().trim()) setTyped(words);
  }, [words]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === words.trim()) return;
    const timer = setTimeout(() => search(wanted), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed, words]);
  return (
    <search className={styles.box}>
      <label htmlFor={id} className={styles.icon}>
        <Search size={16} aria-hidden="true" />
        <span className={styles.hidden}>Search insights</span>
      </label>
      <input
        id={id}
        type="text"
        inputMode="search"
        className={styles.input}
        placeholder="Words, an exchange, a txid, a height"
        value={typed}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setTyped(target.value)}
      />
      {typed !== "" && (
        <button type="button" className={styles.clear} aria-label="Clear the search" onClick={() => setTyped("")}>
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </search>
  );
}
