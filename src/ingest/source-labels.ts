import { addressOf } from "#bitcoin";
import type { ChainSource } from "#chain";
import type { Label } from "#labels";
import { sha256 } from "#lib";
import type { KnownLabels } from "./store-known-labels.ts";

const NOTHING = {
  tag: null,
  category: null,
  label: null,
  source: null,
  edited: null,
  validFrom: null,
  validUntil: null,
  abuse: null,
  confidence: "service_data",
} as const;

/** What a source knows by itself, as labels; `undefined` where it names nobody. */
export function labelsOfSource({ network, labels }: Pick<ChainSource, "network" | "labels">): KnownLabels | undefined {
  if (labels === undefined) return undefined;
  const file = labels.name;
  const made = Array.from(labels.list(), ({ actor, kind, script }): Label => {
    return { ...NOTHING, script, address: addressOf(script, network, sha256) ?? null, actor, kind, file };
  });
  return { file, labels: made };
}
