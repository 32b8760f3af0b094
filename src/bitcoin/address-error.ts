/** What is wrong with a text that should be an address. */
export type AddressFault = "checksum" | "other_network" | "other_chain" | "malformed";

/** A text that is no address of the network in question. Has the shape of the house's AppError, as ParseError has. */
export class AddressError extends Error {
  readonly code = "BITCOIN_ADDRESS";
  readonly retryable = false;
  readonly fault: AddressFault;
  readonly address: string;
  /** What is wrong, without the address. */
  readonly reason: string;
  readonly details: Readonly<Record<string, string>>;

  constructor(address: string, fault: AddressFault, reason: string) {
    super(`${address}: ${reason}`);
    this.name = "AddressError";
    this.fault = fault;
    this.address = address;
    this.reason = reason;
    this.details = { address, fault };
  }
}
