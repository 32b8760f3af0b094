/** A setting: where it can be said and what it means. Precedence: flag, environment, default. */
export type Setting = {
  readonly name: string;
  /** Command-line flag with its argument. */
  readonly flag: string;
  /** Environment variables, the first that is set counts. */
  readonly env: readonly string[];
  readonly type: "text" | "number" | "path";
  /** As a person would type it; absent where there is none. */
  readonly default?: string;
  readonly sentence: string;
  readonly range?: { readonly min: number; readonly max: number };
  readonly choices?: readonly string[];
};
