import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

/** Whoever follows a link with the keyboard or a screen reader goes on at the new page, not at the old link. */
export function useFocusOnPageChange(): RefObject<HTMLElement | null> {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const shown = useRef(path);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (shown.current !== undefined && path !== shown.current) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return main;
}
