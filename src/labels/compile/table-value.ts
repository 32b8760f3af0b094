import { invariant } from "#lib";

/** Hundredths of a certainty take a byte; this one says that none is known. */
const NOT_SAID = 255;
const STEPS = 256;

/** Values of a table are numbers of 32 bits. */
const MOST_ENTITIES = 2 ** 24;

/** What a table keeps of a script, as one number: whose it is, by the place of the entity, and how sure its label is. */
export function tableValue(entity: number, certainty: number | undefined): number {
  invariant(entity < MOST_ENTITIES, "more entities than a table of labels has numbers for");
  return entity * STEPS + (certainty === undefined ? NOT_SAID : Math.round(certainty * 100));
}

/** The place of the entity; -1 of a script that is not in the table. */
export function entityOfValue(value: number): number {
  return value < 0 ? -1 : Math.floor(value / STEPS);
}

/** 0…1; `undefined` where the label does not say, and of a script that is not in the table. */
export function certaintyOfValue(value: number): number | undefined {
  const hundredths = value < 0 ? NOT_SAID : value % STEPS;
  return hundredths === NOT_SAID ? undefined : hundredths / 100;
}
