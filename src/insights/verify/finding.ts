/** Something in a text that the evidence does not back. */
export type Finding = {
  /** Where it begins in the text, in UTF-16 units. */
  readonly offset: number;
  /** The words themselves. */
  readonly quote: string;
  /** What is wrong with them, for a person. */
  readonly problem: string;
};
