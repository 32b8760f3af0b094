import { useRouter } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { beginningOf, findPlaces, type Place } from "./find-places.ts";
import styles from "./palette.module.css";
import { usePlaces, useTxids } from "./use-places.ts";

/** Opens at Ctrl-K, ⌘-K or the button in the header. */
export function Palette() {
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
      >
        <Search size={16} aria-hidden="true" />
        <span>Find</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Dialog title="Find" open={open} onClose={() => setOpen(false)} focusOn={input}>
        <Finder input={input} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

type Props = { readonly input: RefObject<HTMLInputElement | null>; readonly onDone: () => void };

/** What is typed is matched at once; arrows choose, Enter goes. */
function Finder({ input, onDone }: Props) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const places = findPlaces(text, usePlaces(), useTxids());
  const { history } = useRouter();
  const id = useId();
  const go = (place: Place | undefined): void => {
    if (place === undefined) return;
    onDone();
    history.push(place.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((chosen + step + places.length) % Math.max(1, places.length));
    }
    if (event.key === "Enter") go(places[chosen]);
  };
  return (
    <>
      <input
        className={styles.input}
        ref={input}
        role="combobox"
        aria-expanded={places.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={places.length > 0 ? `${id}-${chosen}` : undefined}
        aria-label="Page, metric, entity, block height or hash, transaction id"
        placeholder="Page, metric, entity, height, hash, txid"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {places.length === 0 && (
        <p className={styles.none}>
          {beginningOf(text) === undefined
            ? "Nothing has this name."
            : "No block and no recent large transaction. Of others the whole hash or id is needed, all 64 digits."}
        </p>
      )}
      <div id={`${id}-list`} role="listbox" aria-label="What was found" className={styles.list}>
        {places.map((place, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are the input's, which keeps the focus
          <div
            key={place.path}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => go(place)}
            onMouseMove={() => setChosen(index)}
          >
            <span>{place.title}</span>
            <span className={styles.kind}>{place.kind}</span>
          </div>
        ))}
      </div>
    </>
  );
}
