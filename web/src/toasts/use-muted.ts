import { useSyncExternalStore } from "react";

const KEY = "utxoiq-toasts-muted";
const CHANGED = "utxoiq-toasts";

/** Whether messages are wanted, kept in this browser. */
export function useMuted(): [boolean, (muted: boolean) => void] {
  return [useSyncExternalStore(subscribe, read), write];
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener("storage", onChange);
  };
}

/** Where the browser lets nothing be kept the wish holds until the page is closed. */
let unkept: boolean | undefined;

function read(): boolean {
  try {
    return unkept ?? localStorage.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}

function write(muted: boolean): void {
  try {
    if (muted) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
    unkept = undefined;
  } catch {
    unkept = muted;
  }
  window.dispatchEvent(new Event(CHANGED));
}
