import { AppError, codeOf, messageOf } from "#lib";

export function listenError(error: unknown, host: string, port: number): AppError {
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return new AppError(
      "API_PORT_BUSY",
      `port ${port} is in use by another program; choose another with --port or PORT`,
      { cause: error },
    );
  }
  const reason =
    code === "EACCES"
      ? "permission denied"
      : code === "EADDRNOTAVAIL"
        ? "this machine has no such address"
        : messageOf(error);
  return new AppError("API_CANNOT_LISTEN", `cannot listen on ${host}, port ${port}: ${reason}`, { cause: error });
}
