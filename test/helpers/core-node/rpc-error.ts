/** Core's `rpc/protocol.h`. */
export const RPC_CODE = {
  misc: -1,
  type: -3,
  addressOrKey: -5,
  parameter: -8,
  warmUp: -28,
  invalidRequest: -32600,
  methodNotFound: -32601,
  internal: -32603,
  parse: -32700,
} as const;

export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
