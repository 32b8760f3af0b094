/** Asks again only what changes nothing, so that nothing is done twice. */
const SAFE = ["GET", "HEAD"];
/** What may well be different a moment later. */
const PASSING = [429, 502, 503, 504];
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

export type Retrying = {
  readonly fetch: (request: Request) => Promise<Response>;
  /** After the first attempt. */
  readonly retries: number;
  readonly wait: (ms: number) => Promise<void>;
};

/**
 * A `fetch` that asks again, after what the server says or longer each time, while an answer does not come. Where the
 * server asks for more than half a minute its answer is the answer.
 */
export function retryingFetch({ fetch, retries, wait }: Retrying): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= retries || !SAFE.includes(request.method);
      try {
        const response = await fetch(request.clone());
        const asked = Number(response.headers.get("retry-after")) * 1_000;
        // Whoever has to wait so long decides for themselves.
        if (last || !PASSING.includes(response.status) || asked > LONGEST_WAIT_MS) return response;
        await response.body?.cancel();
        await wait(waitOf(attempt, asked));
      } catch (error) {
        if (last || request.signal.aborted) throw error;
        await wait(waitOf(attempt, 0));
      }
    }
  };
}

function waitOf(attempt: number, asked: number): number {
  const own = FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  return Math.min(LONGEST_WAIT_MS, Math.max(own, Number.isFinite(asked) ? asked : 0));
}
