import type { SimScript } from "../people/sim-script.ts";
import type { Coin, Receiver, Wallet } from "../people/wallet.ts";

/** An output to be; without a receiver nobody can spend it (OP_RETURN). */
export type Payment = {
  /** Satoshis. */
  readonly value: number;
  readonly script: Uint8Array;
  readonly receiver: Receiver | undefined;
};

/** A transaction before it is signed; what the outputs leave over is the fee. */
export type TransactionDraft = {
  readonly inputs: readonly Coin[];
  readonly outputs: readonly Payment[];
  /** -1 where nothing returns to the sender. */
  readonly changeIndex: number;
};

export function payTo(wallet: Wallet, script: SimScript, value: number): Payment {
  return { value, script: script.output, receiver: { wallet, script } };
}

const OP_RETURN = 0x6a;

/** An output that carries bytes and no money; at most 75 of them. */
export function payNobody(content: Uint8Array): Payment {
  const script = new Uint8Array(content.length + 2);
  script[0] = OP_RETURN;
  script[1] = content.length;
  script.set(content, 2);
  return { value: 0, script, receiver: undefined };
}

export function totalOf(entries: readonly { readonly value: number }[]): number {
  return entries.reduce((sum, { value }) => sum + value, 0);
}
