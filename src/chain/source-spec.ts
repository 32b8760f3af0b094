import { homedir } from "node:os";
import { join } from "node:path";
import { AppError } from "#lib";
import { type CoreSpec, parseCoreSpec } from "./core/index.ts";
import { DENSITIES, type DensityName } from "./simnet/index.ts";
import { shownAddress } from "./shown-address.ts";
import { suggestSource } from "./suggest-source.ts";

/** One place that blocks can be read from. */
export type SingleSpec =
  | { readonly kind: "dir"; readonly path: string }
  | { readonly kind: "simnet"; readonly seed: number; readonly density: DensityName }
  | { readonly kind: "core-files"; readonly path: string }
  | { readonly kind: "esplora"; readonly url: string }
  | CoreSpec;

/** Sources of one chain, the first preferred. */
type ListSpec = { readonly kind: "list"; readonly candidates: readonly SingleSpec[] };

export type SourceSpec = SingleSpec | ListSpec;

const EXPECTED =
  "expected core:http://user:password@host:8332, core-files:<data directory of Bitcoin Core>, esplora:https://host/api, dir:<directory of blocks>, simnet:<seed, a whole number of up to 9 digits> or simnet:<seed>:realistic, or several of the first three with a comma between";

/** What can stand in a list: sources that follow a tip of a real network. */
const LISTABLE: ReadonlySet<SourceSpec["kind"]> = new Set(["core", "core-files", "esplora"]);

const COMMA_IN_HOST = "a host name has no comma; each source of a list begins with core:, core-files: or esplora:";

/** Reads what `--source` says. @throws AppError that repeats no password */
export function parseSourceSpec(text: string): SourceSpec {
  const candidates = partsOf(text).map(parseSingle);
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined) return only;
  const stranger = candidates.find(({ kind }) => !LISTABLE.has(kind));
  if (stranger !== undefined) {
    throw unknownSource(text, `a list holds core:, core-files: and esplora: sources, not ${stranger.kind}:`);
  }
  return { kind: "list", candidates };
}

/** Commas may stand in a path or a password: the next source begins where a scheme does. */
function partsOf(text: string): readonly string[] {
  const parts = text.split(/,\s*(?=[a-z-]+:)/);
  const trimmed = parts.length === 1 ? parts : parts.map((part) => part.trim());
  const gap = trimmed.length > 1 && trimmed.some((part) => part === "" || part.endsWith(","));
  if (gap || (/,\s*$/.test(text) && !text.startsWith("dir:"))) {
    throw unknownSource(text, "a comma stands between two sources, and here one of them is missing");
  }
  return trimmed;
}

function parseSingle(text: string): SingleSpec {
  const [, scheme, rest = ""] = /^([a-z-]+):(.+)$/.exec(text) ?? [];
  if (scheme === "dir" || scheme === "core-files") return { kind: scheme, path: inHome(rest) };
  const simnet = scheme === "simnet" ? parseSimnet(text, rest) : undefined;
  if (simnet !== undefined) return simnet;
  const url = scheme === "esplora" ? URL.parse(rest) : null;
  if (url?.hostname.includes(",") === true) throw unknownSource(text, COMMA_IN_HOST);
  if (url?.protocol.startsWith("http") === true) return { kind: "esplora", url: rest };
  if (scheme === "core") return parseCoreSpec(text);
  throw unknownSource(text, suggestSource(text) ?? EXPECTED);
}

/** `<seed>` or `<seed>:<density>`. */
function parseSimnet(text: string, rest: string): SingleSpec | undefined {
  const [, seed, density = "demo"] = /^(\d{1,9})(?::(.*))?$/.exec(rest) ?? [];
  if (seed === undefined) return undefined;
  const names = Object.keys(DENSITIES) as DensityName[];
  const known = names.find((name) => name === density);
  if (known === undefined) throw unknownSource(text, `the density of a simulated network is ${names.join(" or ")}`);
  return { kind: "simnet", seed: Number(seed), density: known };
}

/** A shell leaves `~` as it is where something stands before it. */
function inHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/** Any of it may be a password or a key, so no more is repeated than what looks like a scheme. */
function unknownSource(text: string, reason: string): AppError {
  const scheme = /^[a-z-]+(:|$)/.exec(text)?.[0] ?? "";
  return new AppError("CHAIN_SOURCE_UNKNOWN", `"${scheme}${scheme === text ? "" : "…"}" is not a source: ${reason}`);
}

/** As a person would say it; without secrets. */
export function describeSpec(spec: SourceSpec): string {
  switch (spec.kind) {
    case "list":
      return spec.candidates.map(describeSpec).join(", else ");
    case "dir":
      return `blocks of ${spec.path}`;
    case "simnet":
      return `simulated network, seed ${spec.seed}${spec.density === "demo" ? "" : `, ${spec.density} density`}`;
    case "core":
      return `Bitcoin Core at ${spec.url}`;
    case "core-files":
      return `Bitcoin Core's files in ${spec.path}`;
    case "esplora":
      return `Esplora at ${shownAddress(spec.url)}`;
  }
}
