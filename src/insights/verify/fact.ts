/** A number that a text may state, and where in a sentence it may stand: `@` is the number, `#` any other. */
export type Fact = {
  readonly role: string;
  readonly units: readonly string[];
  /** In the base unit of the first of its units. */
  readonly value: number;
  readonly where?: RegExp;
  readonly not?: RegExp;
  /** A rank is cut off, never rounded up. */
  readonly floors?: boolean;
};
