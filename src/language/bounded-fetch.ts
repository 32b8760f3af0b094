/** Bytes. A reply that words an insight has a few thousand. */
const LONGEST_REPLY = 1_000_000;

/** `fetch` that follows no redirect, which would take the key elsewhere, and reads no reply without end. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const reply = await fetch(input, { ...init, redirect: "error" });
  if (reply.body === null) return reply;
  let length = 0;
  const bounded = reply.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        length += piece.byteLength;
        if (length > LONGEST_REPLY) controller.error(new RangeError("the reply is too long"));
        else controller.enqueue(piece);
      },
    }),
  );
  return new Response(bounded, { status: reply.status, statusText: reply.statusText, headers: reply.headers });
};
