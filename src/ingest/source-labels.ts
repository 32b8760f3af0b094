import { addressOf } from "#bitcoin";
import type { ChainSource } from "#chain";
import { KNOWN_LABEL, type Label } from "#labels";
import { sha256 } from "#lib";
import type { KnownLabels } from "./store-known-labels.ts";

/** What a source knows by itself, as labels; `undefined` where it names nobody. */
export function labelsOfSource({ network, labels }: Pick<ChainSource, "network" | "labels">): KnownLabels | undefined {
  if (labels === undefined) return undefined;
  const file = labels.name;
  const made = Array.from(labels.list(), ({ actor, kind, script }): Label => {
    return { ...KNOWN_LABEL, script, address: addressOf(script, network, sha256) ?? null, actor, kind, file };
  });
  return { file, labels: made };
}
