import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { router } from "./router.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const page = createRoot(root);
// Not awaited here: what a page loads for itself waits for this module to be whole.
void router.load().then(draw, draw);

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
