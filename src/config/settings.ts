/** A setting: where it can be said and what it means. Precedence: flag, environment, default. */
export type Setting = {
  readonly name: string;
  /** Command-line flag with its argument. */
  readonly flag: string;
  /** Environment variables, the first that is set counts. */
  readonly env: readonly string[];
  readonly type: "text" | "number" | "path";
  /** As a person would type it; absent where there is none. */
  readonly default?: string;
  readonly sentence: string;
  readonly range?: { readonly min: number; readonly max: number };
  readonly choices?: readonly string[];
};

export const NETWORK_CHOICES = ["mainnet", "testnet3", "testnet4", "signet", "regtest"] as const;
export type NetworkChoice = (typeof NETWORK_CHOICES)[number];

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

/** Every setting, once. docs/reference/settings.md is made from this table. */
export const SETTINGS = {
  source: {
    name: "source",
    flag: "--source <source>",
    env: ["UTXOIQ_SOURCE"],
    type: "text",
    default: "simnet:1",
    sentence:
      "Where blocks come from: simnet:<seed>, a simulated network, or dir:<path>, a directory of <height>.block and <height>.spent files.",
  },
  network: {
    name: "network",
    flag: "--network <name>",
    env: ["UTXOIQ_NETWORK"],
    type: "text",
    default: "mainnet",
    choices: NETWORK_CHOICES,
    sentence: "The network that the blocks of a dir: source belong to.",
  },
  data: {
    name: "data",
    flag: "--data <directory>",
    env: ["UTXOIQ_DATA"],
    type: "path",
    default: "data/<network>",
    sentence: "The data directory: the embedded PostgreSQL, the log, the simulation's snapshots.",
  },
  databaseUrl: {
    name: "databaseUrl",
    flag: "--database-url <url>",
    env: ["DATABASE_URL"],
    type: "text",
    sentence: "A PostgreSQL 18 of your own (postgres://…); without it the embedded one is started.",
  },
  host: {
    name: "host",
    flag: "--host <address>",
    env: ["UTXOIQ_HOST"],
    type: "text",
    default: "127.0.0.1",
    sentence: "The address that the web server listens on; anything but 127.0.0.1 lets other machines in.",
  },
  port: {
    name: "port",
    flag: "--port <number>",
    env: ["UTXOIQ_PORT", "PORT"],
    type: "number",
    range: { min: 0, max: 65_535 },
    default: "3000",
    sentence: "The port that the web server listens on; 0 takes a free one.",
  },
  roles: {
    name: "roles",
    flag: "--roles <list>",
    env: ["UTXOIQ_ROLES"],
    type: "text",
    default: "ingest,api",
    sentence: "The roles that start runs, separated by commas: ingest, api.",
  },
  pace: {
    name: "pace",
    flag: "--pace <factor>",
    env: ["UTXOIQ_PACE"],
    type: "number",
    range: { min: 1, max: 6_000 },
    default: "60",
    sentence: "Simulated seconds in a second of wall time; 60 makes a block every ten seconds.",
  },
  historyBlocks: {
    name: "historyBlocks",
    flag: "--history-blocks <number>",
    env: ["UTXOIQ_HISTORY_BLOCKS"],
    type: "number",
    range: { min: 0, max: 1_000_000 },
    default: "2016",
    sentence: "Blocks of simulated history that are there at first start; 2,016 are two weeks.",
  },
  logLevel: {
    name: "logLevel",
    flag: "--log-level <level>",
    env: ["UTXOIQ_LOG_LEVEL"],
    type: "text",
    default: "info",
    choices: LOG_LEVELS,
    sentence: "What goes into utxoiq.log in the data directory.",
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;
