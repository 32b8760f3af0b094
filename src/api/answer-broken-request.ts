import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { AppError, codeOf } from "#lib";
import { problemOf } from "./errors.ts";
import type { LogRefusal } from "./log-refusals.ts";

const CODES: Readonly<Record<string, readonly [code: string, says: string]>> = {
  HPE_HEADER_OVERFLOW: ["API_HEADERS_TOO_LARGE", "the address and headers are larger than 16 KiB"],
  ERR_HTTP_REQUEST_TIMEOUT: ["API_REQUEST_TIMEOUT", "the request was not here as a whole in time"],
};
const OTHERWISE = ["API_BAD_REQUEST", "this is no request of HTTP/1.1"] as const;

/** What Node could not read: no route and no hook hears of it. */
export function answerBrokenRequest(logRefusal: LogRefusal): (error: Error, socket: Socket) => void {
  return (error, socket) => {
    const cause = codeOf(error) ?? "";
    if (cause === "ECONNRESET" || socket.destroyed) return;
    const [code, says] = CODES[cause] ?? OTHERWISE;
    const problem = problemOf(new AppError(code, says), { instance: "", requestId: randomUUID() });
    logRefusal(problem);
    if (socket.writable) {
      const body = JSON.stringify(problem);
      const head = [
        `HTTP/1.1 ${problem.status} ${problem.title}`,
        "content-type: application/problem+json",
        `content-length: ${Buffer.byteLength(body)}`,
        "cache-control: no-store",
        "connection: close",
      ];
      socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
    }
    socket.destroy(error);
  };
}
