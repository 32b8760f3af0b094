import { describe, expect, test } from "vitest";
import { type CoreCredentials, parseCoreSpec } from "./core-spec.ts";

const HOME = "/home/somebody";
const LINUX = { home: HOME, platform: "linux" } as const;

function check(text: string, expected: { url: string; host?: string; credentials: CoreCredentials }): void {
  expect(parseCoreSpec(text, LINUX)).toEqual({ kind: "core", host: "127.0.0.1", ...expected });
}

const password = (user: string, secret: string): CoreCredentials => ({ kind: "password", user, password: secret });

describe("the address of a node", () => {
  test.each<[string, string, string, CoreCredentials]>([
    ["core:http://alice:secret@10.0.0.7:8332", "http://10.0.0.7:8332", "10.0.0.7", password("alice", "secret")],
    ["core:https://alice:secret@node.example", "https://node.example:443", "node.example", password("alice", "secret")],
    ["core:http://a%40b:p%2Fa%3As%25@h:18443/", "http://h:18443", "h", password("a@b", "p/a:s%")],
    ["core:http://a:100%@h", "http://h:8332", "h", password("a", "100%")],
    ["core:http://a:b@h:80", "http://h:80", "h", password("a", "b")],
    ["core:http://a:b@[::1]:8332", "http://[::1]:8332", "::1", password("a", "b")],
    [
      "core:http://h:8332?cookie=/var/lib/x y/.cookie",
      "http://h:8332",
      "h",
      { kind: "cookie", paths: ["/var/lib/x y/.cookie"] },
    ],
    [
      "core:http://h:8332?cookie=~/node/.cookie",
      "http://h:8332",
      "h",
      { kind: "cookie", paths: [`${HOME}/node/.cookie`] },
    ],
  ])("%s", (text, url, host, credentials) => check(text, { url, host, credentials }));

  test.each([
    ["8332", ""],
    ["18332", "testnet3/"],
    ["48332", "testnet4/"],
    ["38332", "signet/"],
    ["18443", "regtest/"],
  ])("a local node at port %s has its cookie in its own folder", (port, folder) => {
    const paths = [`${HOME}/.bitcoin/${folder}.cookie`];
    check(`core:http://127.0.0.1:${port}`, { url: `http://127.0.0.1:${port}`, credentials: { kind: "cookie", paths } });
  });

  test("on macOS the data directory is another one", () => {
    const { credentials } = parseCoreSpec("core:http://127.0.0.1:48332", { home: HOME, platform: "darwin" });
    const paths = [`${HOME}/Library/Application Support/Bitcoin/testnet4/.cookie`];
    expect(credentials).toEqual({ kind: "cookie", paths });
  });

  test("a local node at a port of its own may be on any network", () => {
    const { credentials } = parseCoreSpec("core:http://localhost:9000", LINUX);
    expect(credentials.kind === "cookie" ? credentials.paths : []).toContain(`${HOME}/.bitcoin/signet/.cookie`);
  });

  test.each([
    "core:",
    "core:node.example:8332",
    "core:ftp://a:hunter2@h",
    "core:http://h:8332",
    "core:http://hunter2",
    "core:http://a:b@h,hunter2:8332",
    "core:http://:hunter2@127.0.0.1",
    "core:http://a:hunter2@h?cookie=/x",
    "core:http://h?cookie=",
    "core:http://h?cooky=/hunter2",
    // A password with characters that end the part of the address before them.
    "core:http://a:hun/ter2@h:8332",
    "core:http://a:12/hunter2@h:8332",
    "core:http://a:12?hunter2@h:8332",
    "core:http://a:12#hunter2@h:8332",
  ])("%s is refused without a word of what may be a password", (text) => {
    expect(() => parseCoreSpec(text, LINUX)).toThrow(
      expect.objectContaining({ code: "CHAIN_CORE_SPEC", message: expect.not.stringMatching(/hun|ter2/) }),
    );
  });
});
