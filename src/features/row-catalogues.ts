import type { BlockFlows, EntityFlow } from "./entity-flows.ts";
import type { BlockExpectation } from "./expected-block.ts";
import type { Transfer } from "./block-features.ts";
import { FEATURE_CATALOGUE, type FeatureDefinition } from "./feature-catalogue.ts";
import type { PriceFeatures } from "./price-features.ts";

type Catalogue<Row> = Readonly<Record<keyof Row, FeatureDefinition>>;

const OURS = "utxoIQ";
const define = (unit: string, meaning: string, source = OURS): FeatureDefinition => ({ unit, meaning, source });

const FLOW_CATALOGUE: Catalogue<EntityFlow> = {
  entity: define("actor, kind", "Who.", "labels"),
  inflow: define(
    "satoshis",
    "Sum of what transactions brought it, each netted (received − spent).",
    "Coin Metrics `FlowInEx`",
  ),
  outflow: define(
    "satoshis",
    "Sum of what transactions took from it, each netted, fees included.",
    "Coin Metrics `FlowOutEx`",
  ),
  inHouse: define(
    "satoshis",
    "What it paid to itself: of each transaction the smaller of spent and received.",
    "Glassnode in-house",
  ),
  interEntityIn: define(
    "satoshis",
    "Of the inflow what other labelled entities lost in the same transactions, at most.",
    "Glassnode inter-exchange",
  ),
  interEntityOut: define(
    "satoshis",
    "Of the outflow what other labelled entities won in the same transactions, at most.",
    "Glassnode inter-exchange",
  ),
  mined: define("satoshis", "Paid to it by the coinbase."),
  deposits: define("transactions", "That brought it something, net.", "Glassnode deposits"),
  withdrawals: define("transactions", "That took something from it and paid somebody else.", "Glassnode withdrawals"),
  inHouseTransactions: define("transactions", "In which it spent and received."),
  certainty: define(
    "share",
    "How sure the labels are by which its coins were known, by their own words: the mean over what it spent, received and mined, by value; null where no label says.",
    "GraphSense's confidence",
  ),
};

const BLOCK_FLOWS_CATALOGUE: Catalogue<BlockFlows> = {
  labelVersion: define("number", "Version of the labels by which the flows are told."),
  labelCoverage: define(
    "share",
    "Of all that the block spends and receives, the coinbase apart, how much has a known owner; null of none.",
  ),
  payoutEntity: define("actor, kind", "Who owns the coinbase's largest output; null where nobody is known."),
  entities: define("list", "The flows, by actor and kind."),
};

const TRANSFER_CATALOGUE: Catalogue<Transfer> = {
  txid: define("hash", "Id of the transaction.", "BIP141"),
  txIndex: define("number", "Its place in the block; the coinbase is 0."),
  value: define("satoshis", "What it pays to scripts that it does not spend from."),
  totalIn: define("satoshis", "Sum of the coins that it spends."),
  totalOut: define("satoshis", "Sum of its outputs."),
  fee: define("satoshis", "total_in − total_out."),
  inputs: define("inputs", "Number of its inputs."),
  outputs: define("outputs", "Number of its outputs."),
  toAddress: define(
    "address",
    "Receiver of the largest output that is not change; null where its script has no address.",
  ),
  toValue: define("satoshis", "What that output holds."),
  coinAgeDays: define(
    "days",
    "Mean age of the spent coins by value, a day being 144 blocks; null where a height is unknown.",
  ),
  watched: define("yes or no", "It touches a script or an entity that was watched when the block was read."),
  from: define("actor, kind", "The labelled entity that loses most; null where none does.", "labels"),
  to: define("actor, kind", "The labelled entity that wins most; null where none does.", "labels"),
  kind: define(
    "text",
    "deposit, withdrawal, inter-entity, or in-house (nobody but one entity spends and receives); null where no label tells.",
    "Glassnode's classes",
  ),
};

const GLASSNODE = (metric: string): string => `Glassnode \`${metric}\``;

const PRICE_CATALOGUE: Catalogue<PriceFeatures> = {
  series: define("name, version, currency", "The price file by which the block is told."),
  price: define("currency", "Close of the UTC day of the header time; null where the file has none."),
  spent_value: define("currency", "Spent coins at the block's price."),
  created_value: define(
    "currency",
    "Spent coins, each at the close of the day on which it was made; null where one is not known.",
  ),
  sopr: define("ratio", "spent_value / created_value; null of none.", GLASSNODE("SOPR")),
  asopr: define("ratio", "The same without coins younger than six blocks, an hour.", GLASSNODE("aSOPR")),
  realised_cap_change: define(
    "currency",
    "What enters the UTXO set at the block's price, less created_value.",
    GLASSNODE("Realized Cap"),
  ),
  total_out_value: define("currency", "total_out at the block's price."),
  priced_share: define(
    "share",
    "Of the spent value, how much was made on days with a price; below 1, created_value is null.",
  ),
};

const EXPECTATION_CATALOGUE: Catalogue<BlockExpectation> = {
  snapshotTime: define("unix seconds", "When the snapshot was taken, by the source's clock."),
  secondsBefore: define(
    "seconds",
    "From the snapshot to the header's time, which is the miner's clock: it may be below 0.",
  ),
  expected: define("transactions", "Of the first block that could be made of what waited.", "Core `BlockAssembler`"),
  mined: define("transactions", "Of the block, without its coinbase."),
  matched: define("transactions", "In both."),
  missing: define("transactions", "expected − matched: the miner may not have seen them."),
  missingTxids: define("hashes", "The first of them in the order of their ids."),
  added: define("transactions", "mined − matched: they may have come after the snapshot."),
  addedTxids: define("hashes", "The first of them in the order of the block."),
  expectedFee: define("satoshis", "Fees of the expected block."),
  minedFee: define("satoshis", "Fees of the block; null without spent outputs."),
  matchRate: define("share", "matched / expected; null of none."),
};

const TABLES: readonly (readonly [title: string, catalogue: Readonly<Record<string, FeatureDefinition>>])[] = [
  ["A block", FEATURE_CATALOGUE],
  ["Flows of a block", BLOCK_FLOWS_CATALOGUE],
  ["A flow of an entity", FLOW_CATALOGUE],
  ["A transfer", TRANSFER_CATALOGUE],
  ["A block in a currency", PRICE_CATALOGUE],
  ["A block beside the one that was expected", EXPECTATION_CATALOGUE],
];

/** Every catalogue as a table of Markdown, fields under the names that they have in JSON and in the database. */
export function describeFeatures(): string {
  return TABLES.map(([title, catalogue]) => `## ${title}\n\n${tableOf(catalogue)}`).join("\n\n");
}

function tableOf(catalogue: Readonly<Record<string, FeatureDefinition>>): string {
  const rows = Object.entries(catalogue).map(
    ([name, { unit, meaning, source, needs }]) =>
      `| \`${snakeCase(name)}\` | ${unit} | ${meaning} | ${needs ?? ""} | ${source} |`,
  );
  return ["| Field | Unit | Meaning | Needs | Source |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
