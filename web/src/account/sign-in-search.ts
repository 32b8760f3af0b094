import type { SearchText } from "../app/search-text.ts";

export type SignInSearch = {
  /** The page to go on to. */
  readonly to?: string;
  /** Somebody has proved one thing elsewhere, and a code is to come. */
  readonly step?: string;
  /** What went wrong elsewhere. */
  readonly problem?: string;
};

export function readSignInSearch({ to, step, problem }: SearchText): SignInSearch {
  return {
    ...(to !== undefined && { to }),
    ...(step !== undefined && { step }),
    ...(problem !== undefined && { problem }),
  };
}
