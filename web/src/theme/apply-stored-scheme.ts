import { colorSchemeManager } from "./theme.ts";

/** Before the first paint, so that a page that was set to light does not flash dark. Mantine takes over afterwards. */
export function applyStoredScheme(): void {
  const chosen = colorSchemeManager.get("auto");
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset["mantineColorScheme"] = dark ? "dark" : "light";
}
