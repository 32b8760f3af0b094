import { Agent, fetch, type Headers } from "undici";
import type { RunningApi } from "#api";
import { problem, session, type Session } from "#contract";

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

type Sending = { readonly sent?: unknown; readonly at?: RunningApi | undefined; readonly fromElsewhere?: boolean };

let browsers = 0;

/** Keeps cookies, as a browser does, and has an address of its own: how much each may send is another test's. */
export function browserOf(api: RunningApi, headers: Readonly<Record<string, string>> = {}) {
  browsers += 1;
  const localAddress = `127.0.${2 + Math.floor(browsers / 250)}.${1 + (browsers % 250)}`;
  const dispatcher = new Agent({ localAddress });
  const cookies = new Map<string, string>();
  /** Those that go along to where they were set for, and from another site too. */
  const lax = new Set<string>();
  const request = async (method: string, path: string, { sent, at = api, fromElsewhere = false }: Sending = {}) => {
    const sentAlong = [...cookies].filter(([name]) => !fromElsewhere || lax.has(name));
    const cookie = sentAlong.map((pair) => pair.join("=")).join("; ");
    const json = sent === undefined ? {} : { "content-type": "application/json" };
    const body = sent === undefined ? null : JSON.stringify(sent);
    const init = { method, headers: { ...headers, ...json, cookie }, body, redirect: "manual", dispatcher } as const;
    const response = await fetch(`${at.url.replace("localhost", "127.0.0.1")}${path}`, init);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const end = pair.indexOf("=");
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, end));
      else cookies.set(pair.slice(0, end), pair.slice(end + 1));
      if (/samesite=lax/i.test(line)) lax.add(pair.slice(0, end));
    }
    const text = await response.text();
    const isJson = text !== "" && /^application\/(problem\+)?json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const send = (method: string, path: string, sent?: unknown, at?: RunningApi): Promise<Answer> =>
    request(method, path, { sent, at });
  return {
    url: api.url,
    cookies,
    send,
    get: (path: string, at?: RunningApi) => send("GET", path, undefined, at),
    /** As by a link on another site. */
    comeFromElsewhere: (path: string) => request("GET", path, { fromElsewhere: true }),
  };
}

export type Browser = ReturnType<typeof browserOf>;

export async function sessionOf(of: Browser): Promise<Session> {
  return session.parse((await of.get("/api/v1/session")).body);
}

export const codeOf = ({ body }: Answer): string => problem.parse(body).code;
