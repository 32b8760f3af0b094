import { AppError, codeOf, messageOf } from "#lib";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "it is neither an address nor a name that is known here",
  EAI_AGAIN: "it is no address, and the name cannot be looked up now",
};

export function listenError(error: unknown, host: string, port: number): AppError {
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return new AppError(
      "API_PORT_BUSY",
      `port ${port} is in use by another program; choose another with --port or PORT`,
      { cause: error },
    );
  }
  const reason = REASONS[code ?? ""] ?? messageOf(error);
  return new AppError("API_CANNOT_LISTEN", `cannot listen on ${host}, port ${port}: ${reason}`, { cause: error });
}
