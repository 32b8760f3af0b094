/**
 * Parents of a block whose header times its median time past takes beside its own; the last of them gives its interval.
 * BIP113, Core `chain.h` `nMedianTimeSpan` less the block itself.
 */
export const PARENT_TIMES = 10;
