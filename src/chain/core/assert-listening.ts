import { once } from "node:events";
import { connect } from "node:net";
import type { CoreSpec } from "./core-spec.ts";

const CONNECT_MS = 5_000;

/** Whether anything at all listens at the node's address. @throws the system's error where nothing does */
export async function assertListening({ url, host }: CoreSpec): Promise<void> {
  const { protocol, port } = new URL(url);
  const usual = protocol === "https:" ? 443 : 80;
  const socket = connect({ host, port: port === "" ? usual : Number(port) });
  socket.setTimeout(CONNECT_MS, () => socket.destroy(Object.assign(new Error("too late"), { code: "ETIMEDOUT" })));
  try {
    await once(socket, "connect");
  } finally {
    socket.destroy();
  }
}
