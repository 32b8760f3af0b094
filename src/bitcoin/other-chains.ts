/** Addresses of other chains by their form. Only what cannot be an address of Bitcoin may stand here. */
const FORMS: readonly (readonly [form: RegExp, chain: string])[] = [
  [/^0x[0-9a-f]{40}$/i, "Ethereum or a chain like it"],
  [/^T[1-9A-HJ-NP-Za-km-z]{33}$/, "TRON"],
  [/^(ltc1|litecoin:)/i, "Litecoin"],
  [/^(bitcoincash:|[qp][02-9ac-hj-np-z]{41}$)/, "Bitcoin Cash"],
  [/^(addr1|DdzFF|Ae2)/, "Cardano"],
  [/^(cosmos|bnb|terra|osmo)1/, "Cosmos or a chain like it"],
  [/^r[1-9A-HJ-NP-Za-km-z]{24,34}$/, "XRP Ledger"],
  [/^(ex1|lq1|VJL|VTp|VTq)/, "Liquid"],
  [/^t[13][1-9A-HJ-NP-Za-km-z]{33}$/, "Zcash"],
  [/^[48][1-9A-HJ-NP-Za-km-z]{94}$/, "Monero"],
];

/** Version bytes of base58 addresses that look like ours. Source: `chainparams.cpp` of each. */
const VERSIONS: ReadonlyMap<number, string> = new Map([
  [22, "Dogecoin"],
  [30, "Dogecoin"],
  [16, "Dash"],
  [48, "Litecoin"],
  [50, "Litecoin"],
  [65, "TRON"],
  [76, "Dash"],
]);

export function nameOtherChain(address: string): string | undefined {
  return FORMS.find(([form]) => form.test(address))?.[1];
}

export function nameOtherVersion(version: number): string {
  return VERSIONS.get(version) ?? `another chain (version ${version})`;
}
