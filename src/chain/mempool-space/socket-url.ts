import { AppError } from "#lib";

/** Where a mempool.space server has its WebSocket: `https://host/api` → `wss://host/api/v1/ws`. */
export function mempoolSpaceSocketUrl(apiUrl: string): string {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  const protocol = SOCKET_PROTOCOLS[url?.protocol ?? ""];
  if (url === undefined || protocol === undefined) {
    throw new AppError(
      "CHAIN_SOCKET_URL",
      `${JSON.stringify(apiUrl)} is no address of a mempool.space server: expected https://host/api or wss://host/api/v1/ws`,
    );
  }
  const path = url.pathname.replace(/\/+$/, "");
  const end = path.endsWith("/ws") ? "" : path.endsWith("/v1") ? "/ws" : "/v1/ws";
  // Without user name and password: Node's WebSocket refuses such addresses.
  return `${protocol}//${url.host}${path}${end}`;
}

const SOCKET_PROTOCOLS: Readonly<Record<string, string>> = {
  "http:": "ws:",
  "https:": "wss:",
  "ws:": "ws:",
  "wss:": "wss:",
};
