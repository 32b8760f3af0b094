import { StreamClient } from "../index.ts";

/** Calls for each block from now on, without loss over broken connections, until it is stopped. */
export function followBlocks(url: string, onBlock: (height: number) => void): { readonly stop: () => void } {
  const client = new StreamClient({
    url: `${url.replace(/^http/, "ws")}/ws/monitoring`,
    topics: ["block"],
    createSocket: (address) => new WebSocket(address),
    startAfter: (lastEventId) => lastEventId,
    onEvent: (event) => {
      if (event.type === "block.connected") onBlock(event.data.height);
    },
  });
  client.start();
  return { stop: () => client.stop() };
}
