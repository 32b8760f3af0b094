/** Older blocks, or stored ones anew: features range by range (work-range.ts), then signals in order (fold-history.ts). */
export { foldHistory } from "./fold-history.ts";
export {
  type LabelShelf,
  openRangeReader,
  type RangeReader,
  type RangeReaderOptions,
  type PortableLabels,
} from "./open-range-reader.ts";
