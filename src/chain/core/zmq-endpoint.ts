import { isLocalHost } from "./core-spec.ts";

const EVERYWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "*", "::"]);

/**
 * Where to connect to for an address that a node names as it sees itself: one that means all its interfaces, or its own
 * machine while it is another than ours, stands for the host whose RPC answers.
 */
export function reachableEndpoint(address: string, rpcHost: string): string {
  const [, named = "", port] = /^tcp:\/\/(.+):(\d+)$/.exec(address) ?? [];
  if (port === undefined) return address;
  const host = named.replace(/^\[|\]$/g, "");
  const replaced = EVERYWHERE.has(host) || (isLocalHost(host) && !isLocalHost(rpcHost));
  if (!replaced) return address;
  return `tcp://${rpcHost.includes(":") ? `[${rpcHost}]` : rpcHost}:${port}`;
}
