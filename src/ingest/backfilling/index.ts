/** Older blocks, or stored ones anew: features range by range (work-range.ts), then signals in order (fold-history.ts). */
export { foldHistory } from "./fold-history.ts";
export { openRangeReader, type RangeReader, type RangeReaderOptions } from "./open-range-reader.ts";
