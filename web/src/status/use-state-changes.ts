import { useEffect, useRef, useState } from "react";
import { useStatus } from "../live/use-status.ts";
import { NAMES, WORDS } from "./component-states.ts";
import type { Happening } from "./list-happenings.ts";

const KEPT = 20;

/** Changes of the states of the parts since the page was opened, newest first. */
export function useStateChanges(): readonly Happening[] {
  const status = useStatus((newest) => newest);
  const before = useRef<ReadonlyMap<string, string>>(undefined);
  const [changes, setChanges] = useState<readonly Happening[]>([]);
  useEffect(() => {
    if (status === undefined) return;
    const known = before.current;
    before.current = new Map(status.components.map(({ name, state }) => [name, state]));
    if (known === undefined) return;
    const changed = status.components.filter(({ name, state }) => known.get(name) !== state);
    if (changed.length === 0) return;
    const happened = changed.map(({ name, state, reason }) => ({
      key: `${name} ${status.now}`,
      time: status.now,
      text: `${NAMES[name]}: ${WORDS[state].toLowerCase()}${reason === null ? "" : `, ${reason}`}`,
    }));
    setChanges((earlier) => [...happened, ...earlier].slice(0, KEPT));
  }, [status]);
  return changes;
}
