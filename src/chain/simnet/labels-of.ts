import type { SourceLabel, SourceLabels } from "../chain-source.ts";
import { createPopulation, type Density, type Entity, namedScripts, simulatedName } from "./economy/index.ts";

const KINDS: Readonly<Record<Entity["kind"], SourceLabel["kind"]>> = {
  exchange: "exchange",
  pool: "pool",
  custodian: "custodian",
  merchant: "service",
  whale: "simulated",
};

/** Everybody in a simulation who has a name. Users have none. */
export function labelsOf(seed: number, density: Density): SourceLabels {
  return {
    name: `simulated network, seed ${seed}`,
    *list() {
      for (const { entity, script } of namedScripts(createPopulation(seed, density))) {
        yield { actor: simulatedName(entity.name), kind: KINDS[entity.kind], script };
      }
    },
  };
}
