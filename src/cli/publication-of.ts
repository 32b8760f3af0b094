import type { Config } from "#config";
import type { Publication } from "#insights";
import { AppError } from "#lib";
import { SIGNAL_KINDS } from "#signals";

/** What is published by the settings. @throws AppError `CLI_PUBLISH_KINDS` for a kind that is none */
export function publicationOf({ publish: { kinds, ...least } }: Config): Publication {
  if (kinds === "all") return { kinds: null, ...least };
  const listed = kinds.split(",").map((kind) => kind.trim());
  const known = SIGNAL_KINDS.filter((kind) => listed.includes(kind));
  const unknown = listed.filter((kind) => !known.some((one) => one === kind));
  if (unknown.length > 0) throw unknownKinds(unknown);
  return { kinds: new Set(known), ...least };
}

function unknownKinds(unknown: readonly string[]): AppError {
  const message = `--publish-kinds: no kind is called "${unknown.join('", "')}"; there are ${SIGNAL_KINDS.join(", ")}, or all`;
  return new AppError("CLI_PUBLISH_KINDS", message);
}
