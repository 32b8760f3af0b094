import { checkBlock, type Network } from "#bitcoin";
import { sha256 } from "#lib";

/** Below the height from which any network wants it in the coinbase. */
const NO_HEIGHT = 0;

/**
 * Compares the transactions of a block of one's own node with what its header commits to. By which rules the node took
 * it, e.g. from which height on a regtest wants it in the coinbase, is the node's affair.
 * @throws ParseError naming the field that is wrong
 */
export function checkBody(bytes: Uint8Array, network: Network): void {
  checkBlock(bytes, { height: NO_HEIGHT, network }, sha256);
}
