import { type Network, scriptOfAddress, type Sha256 } from "#bitcoin";
import { BUILTIN_EXCHANGES } from "./builtin-exchanges.ts";
import { BUILTIN_POOLS, type Pool } from "./builtin-pools.ts";
import { LabelCompiler } from "./compile/label-compiler.ts";
import { KNOWN_LABEL } from "./known-label.ts";
import type { Label } from "./label.ts";

/** Under this name built-in labels are kept beside those of files. */
export const BUILTIN_FILE = "built-in";

const NOTHING = { ...KNOWN_LABEL, script: null, address: null } as const;

/** What the program knows by itself: facts of mainnet, and of any other network nothing. */
export function listBuiltinLabels(network: Network, sha256: Sha256): readonly Label[] {
  if (network.name !== "mainnet") return [];
  const exchanges = BUILTIN_EXCHANGES.flatMap(({ actor, kind, source, published, addresses }) =>
    addresses.map((address) => {
      const script = scriptOfAddress(address, network, sha256);
      return { ...NOTHING, script, address, actor, kind, source, edited: published, file: BUILTIN_FILE };
    }),
  );
  return [...labelsOfPools(BUILTIN_POOLS, BUILTIN_FILE, { network, sha256 }), ...exchanges];
}

type Place = { readonly network: Network; readonly sha256: Sha256 };

function labelsOfPools(pools: readonly Pool[], file: string, { network, sha256 }: Place): readonly Label[] {
  return pools.flatMap(({ name, tags, addresses = [] }) => {
    const pool = { ...NOTHING, actor: name, kind: "pool", file } as const;
    return [
      ...tags.map((tag) => ({ ...pool, tag })),
      ...addresses.map((address) => ({ ...pool, script: scriptOfAddress(address, network, sha256), address })),
    ];
  });
}

/** A compiler that holds the pools that the source itself names already (a simulated network has its own). */
export function createSourceCompiler(place: Place, ofSource: readonly Pool[] = []): LabelCompiler {
  const compiler = new LabelCompiler();
  for (const label of labelsOfPools(ofSource, "source", place)) compiler.add(label);
  return compiler;
}

/** The same beside the built-in labels, for who has no database, where they are kept with all others. */
export function createLabelCompiler(place: Place, ofSource: readonly Pool[] = []): LabelCompiler {
  const compiler = createSourceCompiler(place, ofSource);
  for (const label of listBuiltinLabels(place.network, place.sha256)) compiler.add(label);
  return compiler;
}
