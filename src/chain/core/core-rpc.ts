/** One JSON-RPC call. */
export type RpcCall = { readonly method: string; readonly params: readonly unknown[] };

/** What the node answered to one call of a batch: a result, or its own error (`code` of Core's `rpc/protocol.h`). */
export type RpcReply =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly code: number; readonly message: string };

export type RpcOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** How often what passes is tried again; a few times unless told. */
  readonly retries?: number;
};

/**
 * The JSON-RPC interface of a Bitcoin Core node. What passes (connection errors, 503, a node that is warming up) is
 * tried again inside; what is thrown is an `AppError`, `retryable` where later may be better.
 */
export type CoreRpc = {
  /** @throws AppError `CHAIN_RPC_ERROR` with the node's code in `details.rpcCode` where the node answered with an error */
  call(method: string, params?: readonly unknown[], options?: RpcOptions): Promise<unknown>;
  /** One HTTP request; replies in the order of the calls. An error of one call is a reply, not thrown. */
  batch(calls: readonly RpcCall[], options?: RpcOptions): Promise<readonly RpcReply[]>;
  close(): Promise<void>;
};
