import "./theme/styles.ts";

/** A page that nobody looks at is not painted, and begins all the same. */
const LONGEST_WAIT_MS = 500;

/** What the server wrote is to be read at once: the script of the page is not run before it was painted. */
const painted =
  document.querySelector(".first-paint") === null
    ? Promise.resolve()
    : new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, LONGEST_WAIT_MS);
      });

void painted.then(() => import("./app/begin.tsx"));
