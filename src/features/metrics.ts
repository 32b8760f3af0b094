import { SCRIPT_TYPES } from "#bitcoin";
import type { BlockFeatures } from "./block-features.ts";
import { AGE_BANDS } from "./coin-age-collector.ts";
import { FEATURE_CATALOGUE, type FeatureDefinition } from "./feature-catalogue.ts";
import { TRANSACTION_KINDS } from "./transaction-kind-collector.ts";

/** How the values of an hour's or a day's blocks become one. */
export const AGGREGATES = ["mean", "sum", "min", "max", "median"] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** Where a block's value stands. */
export type MetricSource =
  | { readonly from: "features"; readonly field: keyof BlockFeatures; readonly element?: number | string }
  | { readonly from: "header"; readonly field: "weight" | "size" }
  | { readonly from: "exchanges"; readonly side: "inflow" | "outflow" | "net" }
  | { readonly from: "labels" };

/** A number that every block has, or may have, and that can be drawn over time. */
export type Metric = {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly meaning: string;
  readonly source: string;
  readonly needs: FeatureDefinition["needs"] | "labels" | null;
  /** What is shown of an hour or a day unless something else is asked for. */
  readonly usual: Aggregate;
  readonly of: MetricSource;
};

/** Fields that are no numbers over time: texts, places in the chain, and those whose elements are metrics. */
const NO_METRIC: ReadonlySet<string> = new Set<keyof BlockFeatures>([
  "height",
  "blockhash",
  "time",
  "mediantime",
  "feerate_percentiles",
  "feerate_percentiles_exact",
  "output_types",
  "output_values",
  "input_types",
  "input_values",
  "transaction_kinds",
  "spent_age_bands",
  "pool",
  "pool_by_address",
  "pool_by_tag",
  "pool_disagrees",
  "coinbase_text",
]);

/** Titles where the name alone says too little. */
const TITLES: Readonly<Partial<Record<keyof BlockFeatures, string>>> = {
  interval: "Time since the block before",
  hash_rate: "Hash rate by difficulty",
  txs: "Transactions",
  ins: "Inputs",
  outs: "Outputs",
  total_out: "Value of all outputs",
  total_size: "Size of transactions",
  total_weight: "Weight of transactions",
  totalfee: "Fees",
  avgfee: "Mean fee",
  medianfee: "Median fee",
  minfee: "Lowest fee",
  maxfee: "Highest fee",
  avgfeerate: "Mean fee rate",
  minfeerate: "Lowest fee rate",
  maxfeerate: "Highest fee rate",
  fee_share_of_reward: "Fees' share of the reward",
  unclaimed: "Unclaimed reward",
  avgtxsize: "Mean transaction size",
  mediantxsize: "Median transaction size",
  mintxsize: "Smallest transaction",
  maxtxsize: "Largest transaction",
  swtxs: "Transactions with witness",
  swtotal_size: "Size of transactions with witness",
  swtotal_weight: "Weight of transactions with witness",
  utxo_increase: "Outputs added to the UTXO set",
  utxo_size_inc: "Growth of the UTXO set",
  utxo_increase_actual: "Spendable outputs added to the UTXO set",
  utxo_size_inc_actual: "Growth of the UTXO set, spendable",
  op_return_bytes: "OP_RETURN bytes",
  change: "Change",
  transfers_100btc: "Transfers of 100 BTC and more",
  transfers_100btc_value: "Value of transfers of 100 BTC and more",
  transfers_1000btc: "Transfers of 1,000 BTC and more",
  transfers_1000btc_value: "Value of transfers of 1,000 BTC and more",
  coin_days_destroyed: "Coin days destroyed",
};

const SUMMED: ReadonlySet<string> = new Set([
  "satoshis",
  "transactions",
  "inputs",
  "outputs",
  "bytes",
  "weight units",
  "envelopes",
  "BTC · days",
]);

/** What the header of a stored block tells. */
const HEADER = { source: "Core `getblock`", needs: null } as const;

const PERCENTS = [10, 25, 50, 75, 90] as const;

/** Every metric by its name, in the order of the catalogue of features. */
export const METRICS: ReadonlyMap<string, Metric> = new Map(
  [...listBlockMetrics(), ...listLabelMetrics()].map((metric) => [metric.name, metric]),
);

function listBlockMetrics(): Metric[] {
  const fields = Object.keys(FEATURE_CATALOGUE) as (keyof BlockFeatures)[];
  const scalars = fields.filter((field) => !NO_METRIC.has(field)).map((field) => metricOf(field));
  const percentiles = PERCENTS.map((percent, index) =>
    metricOf("feerate_percentiles_exact", {
      name: `feerate_p${percent}`,
      title: percent === 50 ? "Median fee rate" : `Fee rate, ${percent} % point`,
      meaning: `The ${percent}th percentile by weight of the fee rates, without rounding.`,
      usual: "median",
      of: { from: "features", field: "feerate_percentiles_exact", element: index + 1 },
    }),
  );
  return [blockWeight(), blockSize(), ...percentiles, ...scalars, ...listElements()];
}

/** One metric for each element of a field that has several by name. */
function listElements(): Metric[] {
  const elements = (field: keyof BlockFeatures, title: string, names: readonly string[]): Metric[] =>
    names.map((element) =>
      metricOf(field, {
        name: `${field}.${element}`,
        title: `${title}: ${element.replaceAll("_", " ")}`,
        of: { from: "features", field, element },
      }),
    );
  return [
    ...elements("transaction_kinds", "Transactions", TRANSACTION_KINDS),
    ...elements("output_types", "Outputs", SCRIPT_TYPES),
    ...elements("input_types", "Inputs", SCRIPT_TYPES),
    ...elements("spent_age_bands", "Spent coins by age", AGE_BANDS),
  ];
}

function metricOf(field: keyof BlockFeatures, own: Partial<Metric> = {}): Metric {
  const { unit, meaning, source, needs = null } = FEATURE_CATALOGUE[field];
  return {
    name: field,
    title: TITLES[field] ?? inWords(field),
    unit,
    meaning,
    source,
    needs,
    usual: usualOf(field, unit),
    of: { from: "features", field },
    ...own,
  };
}

function inWords(field: string): string {
  const words = field.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The lowest of lowest ones, the highest of highest ones, the mean of means; what is counted is added. */
function usualOf(field: string, unit: string): Aggregate {
  if (field.startsWith("min")) return "min";
  if (field.startsWith("max") || field === "largest_transfer") return "max";
  if (field.startsWith("median")) return "median";
  return field.startsWith("avg") || !SUMMED.has(unit) ? "mean" : "sum";
}

function blockWeight(): Metric {
  return {
    ...HEADER,
    name: "weight",
    title: "Block weight",
    unit: "weight units",
    meaning: "Weight of the block; 4,000,000 at most.",
    usual: "mean",
    of: { from: "header", field: "weight" },
  };
}

function blockSize(): Metric {
  return {
    ...HEADER,
    name: "size",
    title: "Block size",
    unit: "bytes",
    meaning: "Size of the block, with witness.",
    usual: "mean",
    of: { from: "header", field: "size" },
  };
}

function listLabelMetrics(): Metric[] {
  const base = { unit: "satoshis", needs: "labels", usual: "sum" } as const;
  return [
    {
      ...base,
      name: "exchange_inflow",
      title: "Inflow of exchanges",
      meaning: "What transactions brought labelled exchanges, each transaction and exchange netted.",
      source: "Coin Metrics `FlowInEx`",
      of: { from: "exchanges", side: "inflow" },
    },
    {
      ...base,
      name: "exchange_outflow",
      title: "Outflow of exchanges",
      meaning: "What transactions took from labelled exchanges, each netted, fees included.",
      source: "Coin Metrics `FlowOutEx`",
      of: { from: "exchanges", side: "outflow" },
    },
    {
      ...base,
      name: "exchange_netflow",
      title: "Net flow of exchanges",
      meaning: "exchange_inflow − exchange_outflow; above 0 coins come in.",
      source: "Coin Metrics `FlowNetEx`",
      of: { from: "exchanges", side: "net" },
    },
    {
      ...base,
      unit: "share",
      usual: "mean",
      name: "label_coverage",
      title: "Label coverage",
      meaning:
        "Of all that the block spends and receives, the coinbase apart, how much has a known owner; null of none.",
      source: "utxoIQ",
      of: { from: "labels" },
    },
  ];
}
