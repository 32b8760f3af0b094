import { type Clause, meaningOf, type Segment } from "./clause.ts";
import { conceptsOf } from "./concepts.ts";

/** What one sentence of an insight says, as something that a clause may say as well. */
export type Said = {
  readonly meaning: ReadonlySet<number | string>;
  /** Of what it denies and says nowhere else. */
  readonly denied: ReadonlySet<number | string>;
  readonly isHedged: boolean;
  /** Whether it states a number or a name. */
  readonly hasFact: boolean;
};

/** What a sentence's segment says; `elsewhere`: words that may stand beside its own. */
export function saidBy({ clauses, isHedged }: Omit<Segment, "isConditional">, elsewhere: readonly string[] = []): Said {
  const plain = meaningOf([...clauses.filter(({ isDenied }) => !isDenied).flatMap(({ words }) => words), ...elsewhere]);
  const denied = meaningOf(clauses.filter(({ isDenied }) => isDenied).flatMap(({ words }) => words));
  return {
    meaning: new Set([...plain, ...denied]),
    denied: new Set([...denied].filter((concept) => !plain.has(concept))),
    isHedged,
    hasFact: clauses.some(({ hasFact }) => hasFact),
  };
}

/** What of a clause no sentence of the insight says; `undefined` where one says it all. */
export function misfitOf(clause: Clause, isHedged: boolean, own: readonly Said[]): readonly string[] | undefined {
  const near = own
    .filter((said) => isOfOneMind(clause, isHedged, said))
    .map((said) => clause.words.filter((word) => !conceptsOf(word).some((concept) => said.meaning.has(concept))));
  const [least] = near.toSorted((left, right) => left.length - right.length);
  return least?.length === 0 ? undefined : (least ?? clause.words);
}

/** The same is denied, and what is only possible is not said to be so. */
function isOfOneMind({ words, isDenied, isModal, hasFact }: Clause, isHedged: boolean, said: Said): boolean {
  const isOpen = words.includes("unknown");
  const touchesDenied = !isOpen && words.some((word) => conceptsOf(word).every((concept) => said.denied.has(concept)));
  if (isDenied ? said.denied.size === 0 : touchesDenied) return false;
  if ((said.isHedged && !isHedged && !isOpen) || (isModal && !said.isHedged)) return false;
  return !hasFact || said.hasFact;
}
