import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "#lib";
import { type Intervention, isStagedKind } from "./economy/index.ts";

/**
 * What people staged on a simulated chain, in a file: it is part of what the chain is, as the blocks after an
 * intervention follow from it. Unlike a snapshot it cannot be made anew.
 */
export class InterventionFile {
  readonly all: Intervention[];
  readonly #path: string;

  private constructor(path: string, all: Intervention[]) {
    this.#path = path;
    this.all = all;
  }

  static async open(path: string): Promise<InterventionFile> {
    return new InterventionFile(path, await readAll(path));
  }

  /**
   * On disk before it takes effect. Not asynchronous: a chain that went on meanwhile would have it later than its time,
   * and one that is made anew would not.
   */
  add(intervention: Intervention): void {
    const lines = [...this.all, intervention].map((one) => `${JSON.stringify(one)}\n`);
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.part`, lines.join(""), { flush: true });
    renameSync(`${this.#path}.part`, this.#path);
    this.all.push(intervention);
  }
}

async function readAll(path: string): Promise<Intervention[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw new AppError("CHAIN_SIMNET_STAGED_UNREADABLE", `${path}: what was staged cannot be read.`, { cause });
  }
  return text.split("\n").flatMap((line, index) => (line === "" ? [] : [parse(line, `${path}:${index + 1}`)]));
}

function parse(line: string, at: string): Intervention {
  const value = parseJson(line);
  if (typeof value !== "object" || value === null) throw unreadable(at);
  const { kind, time, entity, size, blocks } = { ...value } as Record<string, unknown>;
  if (typeof kind !== "string" || !isStagedKind(kind) || typeof time !== "number") throw unreadable(at);
  if (!isOptional("string", entity) || !isOptional("number", size) || !isOptional("number", blocks))
    throw unreadable(at);
  return { kind, time, entity, size, blocks };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isOptional(type: "string", value: unknown): value is string | undefined;
function isOptional(type: "number", value: unknown): value is number | undefined;
function isOptional(type: string, value: unknown): boolean {
  return value === undefined || typeof value === type;
}

function unreadable(at: string): AppError {
  return new AppError("CHAIN_SIMNET_STAGED_UNREADABLE", `${at}: is not a staged event as this program writes it.`);
}
