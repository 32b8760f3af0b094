import { AppError } from "#lib";

export function transactionNotFound(txid: string): AppError {
  const kept = "of transactions those are kept that move 100 BTC and more, or are watched";
  return new AppError("API_TRANSACTION_NOT_FOUND", `${txid} is not stored: ${kept}`);
}
