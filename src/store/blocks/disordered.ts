/** Header times do not rise with each block; no block is so many blocks from where its time would lie. */
export const DISORDERED = 144;
