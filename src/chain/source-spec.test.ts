import { homedir } from "node:os";
import { expect, test } from "vitest";
import { describeSpec, parseSourceSpec } from "./source-spec.ts";

test("a source is named by scheme and place", () => {
  expect(parseSourceSpec("dir:a/b:c")).toEqual({ kind: "dir", path: "a/b:c" });
  expect(parseSourceSpec("dir:a,b")).toEqual({ kind: "dir", path: "a,b" });
  expect(parseSourceSpec("simnet:42")).toEqual({ kind: "simnet", seed: 42, density: "demo" });
  expect(parseSourceSpec("core-files:/home/me/.bitcoin")).toEqual({ kind: "core-files", path: "/home/me/.bitcoin" });
  expect(parseSourceSpec("esplora:https://mempool.space/api")).toEqual({
    kind: "esplora",
    url: "https://mempool.space/api",
  });
  expect(parseSourceSpec("core:http://me:secret@10.0.0.2:8332")).toMatchObject({
    kind: "core",
    url: "http://10.0.0.2:8332",
  });
});

test("a simulated network has a density beside its seed", () => {
  const realistic = parseSourceSpec("simnet:7:realistic");
  expect(realistic).toEqual({ kind: "simnet", seed: 7, density: "realistic" });
  expect(describeSpec(realistic)).toBe("simulated network, seed 7, realistic density");
  expect(parseSourceSpec("simnet:7:demo")).toEqual(parseSourceSpec("simnet:7"));
  for (const text of ["simnet:7:", "simnet:7:real", "simnet:7:toString", "simnet:7:realistic:8"]) {
    expect(() => parseSourceSpec(text)).toThrow("the density of a simulated network is demo or realistic");
  }
});

test("a path may begin with the home directory, which a shell does not put in after a colon", () => {
  expect(parseSourceSpec("core-files:~/.bitcoin")).toEqual({ kind: "core-files", path: `${homedir()}/.bitcoin` });
  expect(parseSourceSpec("dir:~me/x")).toEqual({ kind: "dir", path: "~me/x" });
});

test("a comma makes a list of sources that follow a tip", () => {
  const list = parseSourceSpec("core:http://me:secret@10.0.0.2,core-files:/srv/bitcoin,esplora:https://host/api");
  expect(list).toMatchObject({
    kind: "list",
    candidates: [{ kind: "core" }, { kind: "core-files" }, { kind: "esplora" }],
  });
  expect(describeSpec(list)).toBe(
    "Bitcoin Core at http://10.0.0.2:8332, else Bitcoin Core's files in /srv/bitcoin, else Esplora at https://host/api",
  );
  expect(() => parseSourceSpec("simnet:1,dir:x")).toThrow("a list holds core:, core-files: and esplora: sources");
});

test("a list may have blanks after its commas, and commas in a path or a password", () => {
  const spec = parseSourceSpec("core:http://me:a,b@10.0.0.2, core-files:/srv/a,b ,\tesplora:https://host/api");
  expect(spec).toMatchObject({
    candidates: [
      { url: "http://10.0.0.2:8332", credentials: { password: "a,b" } },
      { path: "/srv/a,b" },
      { url: "https://host/api" },
    ],
  });
});

test.each([
  "esplora:https://host/api,",
  "esplora:https://host/api, ",
  ",esplora:https://host/api",
  "core:http://127.0.0.1,,esplora:https://host/api",
  "core-files:/srv, ,esplora:https://host/api",
  "core:http://127.0.0.1,",
])("%j is refused, as a source is missing", (text) => {
  expect(() => parseSourceSpec(text)).toThrow("a comma stands between two sources, and here one of them is missing");
});

test.each(["esplora:https://host,other/api", "core:http://127.0.0.1,other", "esplora:https://host,api"])(
  "%j is refused, as no host has a comma",
  (text) => {
    expect(() => parseSourceSpec(text)).toThrow("a host name has no comma");
  },
);

test.each([
  ["", ""],
  ["dir:", "dir:"],
  ["simnet:", "simnet:"],
  ["simnet:one", "simnet:…"],
  ["simnet:1234567890", "simnet:…"],
  ["http://localhost", "http:…"],
  ["esplora:host", "esplora:…"],
  ["nothing:x", "nothing:…"],
  ["moon", "moon"],
])("%j is refused", (text, shown) => {
  expect(() => parseSourceSpec(text)).toThrow(`"${shown}" is not a source: expected core:http`);
});

test.each([
  ["cor:http://me:secret@host:8332", "cor:…"],
  ["http://me:s3/secret@host:8332", "http:…"],
  ["esplora:me:secret@host", "esplora:…"],
  ["simnet:1,core:http://me:secret@host", "simnet:…"],
  ["me:secret@host", "me:…"],
  ["esplora:me:secret", "esplora:…"],
  ["rpcpassword=secret", "…"],
  ["/home/me/secret", "…"],
])("%j is refused without repeating what may be a password", (text, shown) => {
  expect(() => parseSourceSpec(text)).toThrow(`"${shown}" is not a source`);
});

test("an Esplora server is told without login and key", () => {
  for (const text of ["https://me:s3@cret@host/api", "https://host/api?key=s3cret"]) {
    expect(describeSpec(parseSourceSpec(`esplora:${text}`))).toBe("Esplora at https://host/api");
  }
  const withKey = parseSourceSpec("esplora:https://blockstream.example/0123456789abcdef/api");
  expect(describeSpec(withKey)).toBe("Esplora at https://blockstream.example/012…/api");
});
