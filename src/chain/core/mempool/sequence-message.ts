import type { Txid } from "#bitcoin";

/**
 * A message of Core's ZMQ topic `sequence` (`zmq/zmqpublishnotifier.cpp`): the mempool took or dropped a transaction, or
 * the chain changed and the mempool with it, without a message for each transaction of the block.
 */
export type SequenceMessage =
  | { readonly kind: "added" | "removed"; readonly txid: Txid; readonly sequence: number }
  | { readonly kind: "chain" };

const HASH_BYTES = 32;
const NUMBERED_BYTES = HASH_BYTES + 1 + 8;

/** `undefined` where the body is none of the topic's. */
export function parseSequenceMessage(body: Uint8Array): SequenceMessage | undefined {
  const label = String.fromCharCode(body[HASH_BYTES] ?? 0);
  if ((label === "C" || label === "D") && body.length === HASH_BYTES + 1) return { kind: "chain" };
  if ((label !== "A" && label !== "R") || body.length !== NUMBERED_BYTES) return undefined;
  // The publisher has turned the bytes already: this is the order in which people read them.
  const txid = Buffer.from(body.subarray(0, HASH_BYTES)).toString("hex") as Txid;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const sequence = Number(view.getBigUint64(HASH_BYTES + 1, true));
  return { kind: label === "A" ? "added" : "removed", txid, sequence };
}
