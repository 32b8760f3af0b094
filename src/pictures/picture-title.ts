import type { Theme } from "./style.ts";

/** What stands around the chart, and on which ground. */
export type PictureTitle = {
  readonly headline: string;
  readonly network: string;
  readonly simulated: boolean;
  /** Light where nothing is said. */
  readonly theme?: Theme;
};
