import type { ServerResponse } from "node:http";
import type { HttpAnswer } from "./json-rpc.ts";

/** What goes wrong with an answer. */
export type Fault = {
  readonly kind:
    /** Comes after `durationMs`. */
    | "slow"
    /** Never comes. */
    | "silent"
    /** 401, whatever the password. */
    | "unauthorized"
    /** 403, as for an address that is not allowed. */
    | "forbidden"
    /** 503, as when too many requests wait. */
    | "work-queue"
    /** The connection ends within the body. */
    | "half-body"
    /** The connection is reset before the answer. */
    | "reset"
    /** Something else than what was asked for: a text that is no JSON, for REST the bytes in reverse order. */
    | "garbage"
    /** For another call. */
    | "other-id";
  readonly durationMs?: number;
};

export type PlannedFault = Fault & {
  /** How many requests it meets, 1 by default. */
  readonly times?: number;
  /** Only requests for this method (or route, `rest/block`), in a batch any of them. */
  readonly method?: string;
};

/** Faults that wait for the requests that they are meant for. */
export class FaultQueue {
  readonly #planned: { readonly fault: PlannedFault; left: number }[] = [];

  plan(fault: PlannedFault): void {
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  take(methods: readonly string[]): Fault | undefined {
    const index = this.#planned.findIndex(({ fault }) => fault.method === undefined || methods.includes(fault.method));
    const planned = this.#planned[index];
    if (planned === undefined) return undefined;
    planned.left -= 1;
    if (planned.left <= 0) this.#planned.splice(index, 1);
    return planned.fault;
  }
}

/** What is answered instead; `undefined` where the fault leaves the answer as it is. */
export function answerInstead({ kind }: Fault): HttpAnswer | undefined {
  if (kind === "unauthorized") return { status: 401, type: "text/html; charset=ISO-8859-1", body: "" };
  if (kind === "forbidden") return { status: 403, type: "text/html; charset=ISO-8859-1", body: "" };
  if (kind === "work-queue") {
    return { status: 503, type: "text/html; charset=ISO-8859-1", body: "Work queue depth exceeded" };
  }
  return undefined;
}

export function spoil(answer: HttpAnswer, { kind }: Fault): HttpAnswer {
  if (kind !== "garbage") return answer;
  const { body } = answer;
  return {
    ...answer,
    body: typeof body === "string" ? `${body.slice(0, 12)}<html>not JSON</html>` : body.toReversed(),
  };
}

/** Sends the head and half of the body, then ends the connection. */
export function sendHalf(response: ServerResponse, body: Uint8Array): void {
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
