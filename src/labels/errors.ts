import { basename } from "node:path";
import { AppError } from "#lib";

/** A line that cannot be a label of this network. */
export type Refusal = { readonly file: string; readonly line: number; readonly reason: string };

export function unreadable(path: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError("LABELS_FILE_UNREADABLE", `${path} cannot be read: ${reason}`, { cause });
}

/** A file that is none of the formats that we know, or breaks the rules of its own. */
export function badFormat(at: { readonly file: string; readonly line?: number | undefined }, reason: string): AppError {
  const place = at.line === undefined ? at.file : `${at.file}:${at.line}`;
  return new AppError("LABELS_FILE_FORMAT", `${place}: ${reason}`, {
    details: { file: at.file, line: at.line ?? null },
  });
}

export function sameName(first: string, second: string): AppError {
  const message = `${first} and ${second} have the same name; labels are kept by the name of their file, so rename one`;
  return new AppError("LABELS_SAME_NAME", message);
}

export function reservedName(path: string): AppError {
  const message = `${path}: the built-in labels are kept under the name ${basename(path)}, so rename the file`;
  return new AppError("LABELS_RESERVED_NAME", message);
}

const SHOWN = 50;

export function refused(refusals: readonly Refusal[]): AppError {
  const lines = refusals.slice(0, SHOWN).map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`);
  if (refusals.length > SHOWN) lines.push(`  and ${refusals.length - SHOWN} more`);
  const count = refusals.length === 1 ? "1 line is" : `${refusals.length} lines are`;
  const message = `${count} refused, so nothing was imported; mend them, or leave them out with --skip-refused:\n${lines.join("\n")}`;
  return new AppError("LABELS_REFUSED", message, { details: { refused: refusals.length } });
}
