import { useEffect, useEffectEvent } from "react";

/** Keys pressed one after the other belong together for so long. */
const TOGETHER_MS = 1_200;

/** What was pressed, as `?` or `g i`; never while somebody types, and none that belongs to the browser. */
export function useKeys(onKeys: (keys: string) => void): void {
  const press = useEffectEvent(onKeys);
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const together = first !== undefined && event.timeStamp - first.at < TOGETHER_MS;
      const keys = together ? `${first?.key} ${event.key}` : event.key;
      first = keys === "g" ? { key: "g", at: event.timeStamp } : undefined;
      press(keys);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, dialog[open]") !== null;
}
