import { access } from "#store";
import { signInAgain } from "./errors.ts";

type Transaction = Parameters<typeof access.accounts.holdEntrance>[0];

/** Whoever was thrown out since they asked changes nothing. @throws AppError AUTH_SIGN_IN_AGAIN */
export async function holdOwn(trx: Transaction, person: access.accounts.Entrance): Promise<void> {
  if (!(await access.accounts.holdEntrance(trx, person))) throw signInAgain();
}
