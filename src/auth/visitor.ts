/** Set by us alone, never taken from a request. */
export const ADDRESS_HEADER = "x-utxoiq-address";

/** What a request shows of who sends it, as far as signing in needs it. */
export type Visitor = {
  /** The cookies as they came. */
  readonly cookie: string;
  readonly address: string;
  readonly userAgent: string;
};

export function headersOf({ cookie, address, userAgent }: Visitor): Headers {
  return new Headers({ cookie, [ADDRESS_HEADER]: address, "user-agent": userAgent.slice(0, 300) });
}
