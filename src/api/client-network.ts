import { isIPv6 } from "node:net";

const HEXTETS = 8;
const OF_A_NETWORK = 4;

/** Whose address it is: that of version 4 itself; of version 6 the network, within which anybody can take any. */
export function clientNetwork(address: string): string {
  const [mapped] = /(?<=^::ffff:)[\d.]+$/i.exec(address) ?? [];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = "", tail = ""] = (address.split("%")[0] ?? "").split("::");
  const [before, after] = [head, tail].map((part) => part.split(":").filter((hextet) => hextet !== ""));
  const zeros = Array.from({ length: HEXTETS - (before?.length ?? 0) - (after?.length ?? 0) }, () => "0");
  return `${[...(before ?? []), ...zeros, ...(after ?? [])].slice(0, OF_A_NETWORK).join(":")}::/64`;
}
