import { AppError } from "#lib";

/** Whoever took it away would have locked themselves out. @throws AppError AUTH_LAST_WAY_IN */
export function refuseLastWay(removed: "removed" | "last"): void {
  if (removed === "removed") return;
  throw new AppError("AUTH_LAST_WAY_IN", "nothing else opens your account: set a password by mail first");
}
