import type { Destination } from "./destinations.ts";

type Place = { readonly pathname: string; readonly search: { readonly [name: string]: unknown } };

/** Whether this is where the reader is; of the dashboard one tab is one place, whatever is chosen in it. */
export function isCurrent({ to, search }: Destination["link"], { pathname, search: chosen }: Place): boolean {
  if (pathname !== to && !pathname.startsWith(`${to}/`)) return false;
  return to !== "/dashboard" || search.tab === chosen["tab"];
}
