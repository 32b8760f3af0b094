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

function read(): boolean {
  return localStorage.getItem(KEY) === "yes";
}

function write(muted: boolean): void {
  if (muted) localStorage.setItem(KEY, "yes");
  else localStorage.removeItem(KEY);
  window.dispatchEvent(new Event(CHANGED));
}
