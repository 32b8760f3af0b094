import { Subscriber } from "zeromq";
import { parseSequenceMessage, type SequenceMessage } from "./sequence-message.ts";

const TOPIC = "sequence";

/** More than these are not kept: a list of the whole mempool is then the shorter way. */
const MOST_WAITING = 200_000;

export type SequenceFeed = {
  /** What came since the last time, in order; `lost`: some may be missing, or nothing can be heard at all. */
  take(): { readonly messages: readonly SequenceMessage[]; readonly lost: boolean };
  close(): void;
};

type Inbox = { messages: SequenceMessage[]; lost: boolean; connected: boolean; nextCount: number | undefined };

/** Subscribes to a node's `zmqpubsequence`. ZeroMQ connects, and connects again, by itself. */
export function openSequenceFeed(endpoint: string): SequenceFeed {
  const socket = new Subscriber({ receiveHighWaterMark: 0, ipv6: true, linger: 0 });
  const inbox: Inbox = { messages: [], lost: true, connected: false, nextCount: undefined };
  socket.events.on("handshake", () => {
    inbox.connected = true;
    inbox.lost = true;
  });
  socket.events.on("disconnect", () => {
    inbox.connected = false;
  });
  socket.connect(endpoint);
  socket.subscribe(TOPIC);
  void receive(socket, inbox);
  return {
    take: () => {
      const { messages, lost, connected } = inbox;
      Object.assign(inbox, { messages: [], lost: false });
      return { messages, lost: lost || !connected };
    },
    close: () => socket.close(),
  };
}

/** Ends when the socket is closed. */
async function receive(socket: Subscriber, inbox: Inbox): Promise<void> {
  for await (const [, body, count] of socket) note(inbox, body, count);
}

function note(inbox: Inbox, body: Buffer | undefined, count: Buffer | undefined): void {
  const message = body === undefined ? undefined : parseSequenceMessage(body);
  const number = count?.length === 4 ? count.readUInt32LE() : undefined;
  if (message === undefined || number === undefined || inbox.messages.length >= MOST_WAITING) {
    inbox.messages = [];
    inbox.lost = true;
  } else inbox.messages.push(message);
  // The publisher numbers its messages; after a restart from 0 on.
  if (inbox.nextCount !== undefined && number !== inbox.nextCount) inbox.lost = true;
  inbox.nextCount = number === undefined ? undefined : (number + 1) % 0x1_0000_0000;
}
