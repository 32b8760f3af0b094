import { KINDS_OF_LABELS, type Quiet } from "#signals";
import type { UnreadableLabels } from "./current-labels.ts";

/** Owners are told by labels that are known to be outdated: nothing is published of what compares them. */
export function quietOfLabels({ version, reason }: UnreadableLabels, inForce: number, sinceHeight: number): Quiet {
  return {
    reason: "labels-unreadable",
    sinceHeight,
    detail: `labels of version ${version} cannot be read (${reason}); owners are told by version ${inForce}`,
    kinds: KINDS_OF_LABELS,
  };
}
