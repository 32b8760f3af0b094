import { homedir } from "node:os";
import { join } from "node:path";
import type { NetworkName } from "#bitcoin";
import { AppError } from "#lib";

export type CoreCredentials =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** The first of these files that exists. */
  | { readonly kind: "cookie"; readonly paths: readonly string[] };

export type CoreSpec = {
  readonly kind: "core";
  /** Scheme, host and port; never with credentials. */
  readonly url: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly credentials: CoreCredentials;
};

const DEFAULT_PORT = "8332";

/** A node's default RPC port tells its network. Source: Core `chainparamsbase.cpp`. */
const NETWORK_BY_PORT = {
  "8332": "mainnet",
  "18332": "testnet3",
  "48332": "testnet4",
  "38332": "signet",
  "18443": "regtest",
} as const satisfies Readonly<Record<string, NetworkName>>;

/** `undefined`: a port of its own. */
export function networkOfPort(port: string): NetworkName | undefined {
  return Object.entries(NETWORK_BY_PORT).find(([known]) => known === port)?.[1];
}

const LOCAL_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);

export function isLocalHost(host: string): boolean {
  return LOCAL_HOSTS.has(host) || host.startsWith("127.");
}

type Machine = { readonly home: string; readonly platform: NodeJS.Platform };

const HERE: Machine = { home: homedir(), platform: process.platform };

/**
 * Reads `core:http://user:pass@host:8332`, `core:http://host:8332?cookie=/path/.cookie`, or, for a node on this
 * machine, `core:http://127.0.0.1:8332`, which finds the cookie in the node's default folder. `https` likewise.
 * The text holds a password, so no message repeats it.
 * @throws AppError `CHAIN_CORE_SPEC`
 */
export function parseCoreSpec(text: string, machine: Machine = HERE): CoreSpec {
  const url = URL.parse(text.replace(/^core:/, ""));
  if (url === null || !isPlain(url)) throw badSpec("it is not an address of that form");
  if (url.hostname.includes(","))
    throw badSpec("a host name has no comma, and each source of a list has its own scheme");
  const { searchParams: parameters, protocol } = url;
  if ([...parameters.keys()].some((name) => name !== "cookie")) throw badSpec("after ? only cookie= is known");
  const cookie = parameters.get("cookie");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port || defaultPort(text, protocol);
  return {
    kind: "core",
    url: `${protocol}//${url.hostname}:${port}`,
    host,
    credentials: cookie === null ? credentialsOf(url, { host, port, machine }) : cookieAt(cookie, url, machine),
  };
}

/** A slash, `?` or `#` in a password would end up in these parts of the address. */
function isPlain({ protocol, hostname, pathname, hash }: URL): boolean {
  return ["http:", "https:"].includes(protocol) && hostname !== "" && pathname === "/" && hash === "";
}

/** `URL` drops a port that is the scheme's own, but a node's port is another one when none is named. */
function defaultPort(text: string, protocol: string): string {
  if (protocol === "https:") return "443";
  return /:80\/?(\?|$)/.test(text) ? "80" : DEFAULT_PORT;
}

function cookieAt(path: string, { username, password }: URL, { home }: Machine): CoreCredentials {
  if (path === "") throw badSpec("cookie= names no file");
  if (username !== "" || password !== "") throw badSpec("it has both a user and a cookie file");
  // A shell leaves ~ as it is where something stands before it.
  return { kind: "cookie", paths: [path.replace(/^~(?=\/)/, home)] };
}

type Place = { readonly host: string; readonly port: string; readonly machine: Machine };

function credentialsOf({ username, password }: URL, { host, port, machine }: Place): CoreCredentials {
  if (username !== "") return { kind: "password", user: decoded(username), password: decoded(password) };
  if (password !== "") throw badSpec("it has a password and no user");
  if (!isLocalHost(host)) {
    throw badSpec("it names another machine, which needs a user and a password or ?cookie=<file>");
  }
  return { kind: "cookie", paths: defaultCookies(port, machine) };
}

/** Where a node keeps its cookie: in its data directory, for another network than the main one in a folder there. */
function defaultCookies(port: string, { home, platform }: Machine): readonly string[] {
  const known = networkOfPort(port);
  const networks = known === undefined ? Object.values(NETWORK_BY_PORT) : [known];
  const root = platform === "darwin" ? join(home, "Library", "Application Support", "Bitcoin") : join(home, ".bitcoin");
  return networks.map((network) => join(root, network === "mainnet" ? "" : network, ".cookie"));
}

/** Credentials are percent-encoded in an address; whoever did not do so means a lone % as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function badSpec(reason: string): AppError {
  return new AppError(
    "CHAIN_CORE_SPEC",
    `The source core:… cannot be understood: ${reason}. Expected core:http://user:password@host:8332 (with %-encoding in user and password for : / ? # @) or core:http://host:8332?cookie=<file>.`,
  );
}
