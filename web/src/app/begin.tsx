import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { loadTabs } from "../dashboard/dashboard-page.tsx";
import { changePlace, goOnReading, keepReadingPlace } from "../parts/reading-place.ts";
import { App } from "./app.tsx";
import { router } from "./router.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const page = createRoot(root);
keepReadingPlace();
router.subscribe("onBeforeLoad", ({ fromLocation, toLocation, pathChanged }) => {
  if (fromLocation !== undefined && pathChanged) changePlace(entryOf(fromLocation), entryOf(toLocation));
});
router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
  if (fromLocation !== undefined && pathChanged) goOnReading();
});
// Not awaited here: what a page loads for itself waits for this module to be whole.
void router.load().then(draw, draw);

/** After what is shown first, and what is asked for with it. */
const OTHERS_AFTER_MS = 10_000;

setTimeout(() => void loadOthers(), OTHERS_AFTER_MS);

/** Every page's own code: one may be opened for the first time while the server is gone, or after it was built anew. */
async function loadOthers(): Promise<void> {
  const pages = Object.values(router.routesById).map((route) => () => router.loadRouteChunk(route));
  for (const load of [loadTabs, loadCharts, ...pages]) {
    // One that cannot be loaded now is loaded when it is opened.
    await load()?.catch(() => undefined);
  }
}

const loadCharts = (): Promise<unknown> => import("../charts/chart-set-up.ts");

/** Which entry of the browser's history a place is. */
function entryOf({ state, href }: typeof router.latestLocation): string {
  return state.__TSR_key ?? href;
}

/** In small steps, between which the browser can answer: until it is whole, what the server wrote stays. */
function draw(): void {
  startTransition(() =>
    page.render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
