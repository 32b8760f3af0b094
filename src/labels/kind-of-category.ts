import { isLabelKind, type LabelKind } from "./entity-kinds.ts";

/** Categories of other vocabularies: GraphSense's (INTERPOL's dark web and virtual assets taxonomy), DefiLlama's. */
const KIND_OF_CATEGORY: Readonly<Record<string, LabelKind>> = {
  miner: "pool",
  mining_service: "pool",
  mining_pool: "pool",
  cex: "exchange",
  cex_defunct: "exchange",
  hosted_wallet: "custodian",
  wallet_service: "custodian",
  wrapped_reserve: "custodian",
  etf: "custodian",
  fund: "custodian",
  mixing_service: "mixer",
  coinjoin: "mixer",
  payment_processor: "service",
  atm: "service",
  shop: "service",
  faucet: "service",
  defi: "service",
  bridge: "service",
  marketplace: "market",
  user: "person",
  donation: "person",
  individual: "person",
};

/** What was done with it says more than what its owner does otherwise. */
const KIND_OF_ABUSE: Readonly<Record<string, LabelKind>> = {
  sanction: "sanctioned",
  service_hack: "theft",
  hack: "theft",
  exploit: "theft",
  scam: "theft",
  ponzi_scheme: "theft",
  phishing: "theft",
  ransomware: "theft",
  extortion: "theft",
  sextortion: "theft",
  money_laundering: "mixer",
};

/** The office that publishes the sanctions list of the United States; its lists call everybody a user. */
const SANCTIONS_OFFICE = /^https?:\/\/([\w-]+\.)*treasury\.gov\//;

type Described = { readonly category: string | null; readonly abuse: string | null; readonly source: string | null };

/** Our kind of a label by abuse, then category; `other` where neither is known here. */
export function kindOf({ category, abuse, source }: Described): LabelKind {
  const byAbuse = abuse === null ? undefined : KIND_OF_ABUSE[wordOf(abuse)];
  if (byAbuse !== undefined) return byAbuse;
  const word = category === null ? "" : wordOf(category);
  const kind = isLabelKind(word) ? word : (KIND_OF_CATEGORY[word] ?? "other");
  return kind === "person" && source !== null && SANCTIONS_OFFICE.test(source) ? "sanctioned" : kind;
}

function wordOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
}
