import { AddressError, type Network, scriptOfAddress, type Sha256 } from "#bitcoin";
import { isLabelKind, type LabelKind } from "../entity-kinds.ts";
import { kindOf } from "../kind-of-category.ts";
import type { Label } from "../label.ts";
import { findDay } from "./find-day.ts";

/** What a file says in one place, as it says it; an empty text says nothing. */
export type Claim = {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly address?: string | undefined;
  /** Hexadecimal. */
  readonly script?: string | undefined;
  readonly tag?: string | undefined;
  readonly currency?: string | undefined;
  readonly actor?: string | undefined;
  readonly label?: string | undefined;
  readonly kind?: string | undefined;
  readonly category?: string | undefined;
  readonly source?: string | undefined;
  readonly edited?: string | undefined;
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | undefined;
  readonly confidence?: string | undefined;
  readonly abuse?: string | undefined;
};

export type ReadOptions = {
  readonly network: Network;
  readonly sha256: Sha256;
  /** For files that do not name any. */
  readonly actor?: string | undefined;
  readonly kind?: LabelKind | undefined;
};

/** The label that a claim makes, what is wrong with it, or that it is about another currency. */
export type Verdict = { readonly label: Label } | { readonly refused: string } | { readonly otherCurrency: string };

const CURRENCIES = new Set(["BTC", "XBT", "BITCOIN"]);
/** Neither the index of the store nor any real label needs longer ones. */
const LONGEST_SCRIPT = 1_000;

export function judgeClaim(claim: Claim, fileName: string, options: ReadOptions): Verdict {
  const currency = textOf(claim.currency) ?? "BTC";
  if (!CURRENCIES.has(currency.toUpperCase())) return { otherCurrency: currency };
  const label = textOf(claim.label);
  const actor = textOf(claim.actor) ?? label ?? textOf(options.actor);
  if (actor === null) return { refused: "it names nobody: neither actor nor label (--actor names one for all)" };
  const dates = datesOf(claim);
  if (typeof dates === "string") return { refused: dates };
  const target = targetOf(claim, options);
  if (typeof target === "string") return { refused: target };
  const [category, abuse, source] = [textOf(claim.category), textOf(claim.abuse), textOf(claim.source)];
  const kind = kindOfClaim(claim, { category, abuse, source }, options);
  if (kind === undefined) return { refused: `"${claim.kind ?? ""}" is no kind that is known here` };
  const confidence = textOf(claim.confidence);
  return {
    label: {
      ...target,
      actor,
      kind,
      category,
      label,
      source,
      ...dates,
      confidence,
      abuse,
      file: fileName,
    },
  };
}

type Described = Pick<Label, "category" | "abuse" | "source">;

function kindOfClaim({ kind }: Claim, described: Described, options: ReadOptions): LabelKind | undefined {
  const own = textOf(kind);
  if (own !== null) {
    if (isLabelKind(own)) return own;
    const found = kindOf({ ...described, category: own });
    return found === "other" ? undefined : found;
  }
  if (described.category === null && described.abuse === null) return options.kind ?? "other";
  return kindOf(described);
}

type Dates = Pick<Label, "edited" | "validFrom" | "validUntil">;

function datesOf(claim: Claim): Dates | string {
  const edited = dayOf(claim.edited, "the date of its last edit");
  const validFrom = dayOf(claim.validFrom, "valid_from");
  const validUntil = dayOf(claim.validUntil, "valid_until");
  for (const { wrong } of [edited, validFrom, validUntil]) if (wrong !== undefined) return wrong;
  const dates = { edited: edited.day, validFrom: validFrom.day, validUntil: validUntil.day };
  const isTurned = dates.validFrom !== null && dates.validUntil !== null && dates.validFrom > dates.validUntil;
  return isTurned ? `valid_from ${dates.validFrom} is after valid_until ${dates.validUntil}` : dates;
}

function dayOf(given: string | undefined, name: string): { readonly day: string | null; readonly wrong?: string } {
  const text = textOf(given);
  if (text === null) return { day: null };
  const day = findDay(text);
  return day === undefined ? { day: null, wrong: `${name} is "${text}", expected YYYY-MM-DD` } : { day };
}

type Target = Pick<Label, "script" | "tag" | "address">;

function targetOf(claim: Claim, { network, sha256 }: ReadOptions): Target | string {
  // Spaces around a tag are part of it: "EMC " is not in every text that has "EMC".
  if (textOf(claim.tag) !== null) return { script: null, tag: claim.tag ?? "", address: null };
  const hex = textOf(claim.script);
  const address = textOf(claim.address);
  if (address === null) return hex === null ? "it names neither address nor script" : scriptTarget(hex);
  try {
    return { script: scriptOfAddress(address, network, sha256), tag: null, address };
  } catch (error) {
    if (error instanceof AddressError) return error.message;
    throw error;
  }
}

function scriptTarget(hex: string): Target | string {
  if (!/^([0-9a-f]{2})+$/i.test(hex)) return "its script is not hexadecimal";
  if (hex.length > 2 * LONGEST_SCRIPT) return `its script has more than ${LONGEST_SCRIPT} bytes`;
  return { script: Uint8Array.from(Buffer.from(hex, "hex")), tag: null, address: null };
}

function textOf(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
