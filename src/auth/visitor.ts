/** Set by us alone, never taken from a request. */
export const ADDRESS_HEADER = "x-utxoiq-address";

/** By which request, as the audit log names it; set by us alone as well. */
export const REQUEST_HEADER = "x-utxoiq-request";

/** What a request shows of who sends it, as far as signing in needs it. */
export type Visitor = {
  /** The cookies as they came. */
  readonly cookie: string;
  readonly address: string;
  readonly userAgent: string;
  readonly requestId?: string;
};

export function headersOf({ cookie, address, userAgent, requestId = "" }: Visitor): Headers {
  const ours = { [ADDRESS_HEADER]: address, [REQUEST_HEADER]: requestId };
  return new Headers({ cookie, ...ours, "user-agent": userAgent.slice(0, 300) });
}
