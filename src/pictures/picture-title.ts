/** What stands around the chart. */
export type PictureTitle = {
  readonly headline: string;
  readonly network: string;
  readonly simulated: boolean;
};
