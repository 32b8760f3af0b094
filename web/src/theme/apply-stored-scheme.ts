/**
 * A script of its own, which runs before the first paint, so that a page that was set to light does not flash dark. Mantine
 * takes over afterwards (theme.ts): it keeps what the reader chose under this name.
 */
const chosen = readChosen();
const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.dataset["mantineColorScheme"] = dark ? "dark" : "light";

/** A browser may refuse us its storage. */
function readChosen(): string | null {
  try {
    return localStorage.getItem("utxoiq-color-scheme");
  } catch {
    return null;
  }
}
