import { type RefObject, useEffect, useRef, useState } from "react";

/** What is further below the window is not asked for yet: what is looked at is drawn sooner. */
const AHEAD = "100px";

/** Whether an element has come near the window, once and for all. */
export function useNear(): readonly [RefObject<HTMLElement | null>, boolean] {
  const element = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const coming = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: AHEAD },
    );
    coming.observe(element.current);
    return () => coming.disconnect();
  }, []);
  return [element, near];
}
