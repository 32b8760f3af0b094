import { useCallback, useState } from "react";

/** Cards whose reasons are unfolded. It outlives the card, which is taken away while it is far out of the window. */
export function useOpened(): readonly [opened: ReadonlySet<string>, toggle: (id: string) => void] {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (id: string) =>
      setOpened((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  return [opened, toggle];
}
