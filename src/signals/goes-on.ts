import type { FoundSignal } from "./signal.ts";

/** What a signal says of a verdict: whether it is told now, or was and goes on. */
export function goesOn({ isNew }: { readonly isNew: boolean }): Pick<FoundSignal, "goesOn"> {
  return isNew ? {} : { goesOn: true };
}
