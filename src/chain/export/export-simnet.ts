import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError, codeOf, messageOf } from "#lib";
import { ChainWalk, openIdentity, type SimnetPlace } from "../simnet/index.ts";
import { DirectoryWriter, NodeWriter } from "./block-writers.ts";
import { settledBlocks } from "./settled-blocks.ts";

export const EXPORT_FORMATS = ["dir", "core-files"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type SimnetExport = SimnetPlace & {
  /** So many from block 0 on, 1 at least. */
  readonly blocks: number;
  /** A directory that is not there or is empty. */
  readonly to: string;
  readonly format: ExportFormat;
  /** Of `core-files` alone: whether a key lies over the files, as since Core 28. */
  readonly xorKey?: boolean;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal: AbortSignal;
};

type Exported = { readonly blocks: number; readonly stale: number; readonly bytes: number };

/**
 * Writes a simulated chain, with what people staged on it, as `dir:` or `core-files:` reads it. The directory is complete
 * or not there: it is written beside its place as `<to>.part` and moved there. @throws AppError naming what is in the way
 */
export async function exportSimnet(options: SimnetExport): Promise<Exported> {
  const { to, signal } = options;
  const part = `${to}.part`;
  await refuseUnlessEmpty(to);
  await refuseUnlessEmpty(part);
  try {
    const exported = await writeAll(options, part);
    await rename(part, to);
    return exported;
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    if (signal.aborted || cause instanceof AppError) throw cause;
    throw targetError(`${to} cannot be written: ${messageOf(cause)}`, cause);
  }
}

async function writeAll({ blocks, format, xorKey = false, onProgress, signal, ...rest }: SimnetExport, part: string) {
  const { identity } = await openIdentity(rest);
  await mkdir(part, { recursive: true });
  const writer = format === "dir" ? new DirectoryWriter(part) : new NodeWriter(part, xorKey);
  let [done, stale, bytes] = [0, 0, 0];
  onProgress({ done, total: blocks });
  try {
    for await (const settled of settledBlocks(new ChainWalk(identity), blocks - 1)) {
      signal.throwIfAborted();
      await writer.write(settled);
      if (settled.stale) stale += 1;
      else done += 1;
      bytes += settled.block.bytes.length;
      onProgress({ done, total: blocks });
    }
  } finally {
    await writer.close();
  }
  return { blocks: done, stale, bytes };
}

async function refuseUnlessEmpty(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const [name] = await readdir(path);
    if (name === undefined) return;
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return;
    throw targetError(`${path} cannot be written to: ${messageOf(cause)}`, cause);
  }
  throw targetError(`${path} is not empty; name a directory that is, or is not there, or delete what is in it.`);
}

function targetError(message: string, cause?: unknown): AppError {
  return new AppError("CHAIN_EXPORT_TARGET", message, { cause });
}
