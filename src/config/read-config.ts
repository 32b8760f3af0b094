import { isIP } from "node:net";
import { resolve } from "node:path";
import { AppError } from "#lib";
import { type Providers, readProviders } from "./read-providers.ts";
import type { Setting } from "./setting.ts";
import {
  BACKFILL_CHOICES,
  type BackfillChoice,
  GUEST_CHOICES,
  type NetworkChoice,
  NETWORK_CHOICES,
  CODES_CHOICES,
  REGISTRATION_CHOICES,
  type SettingName,
  SETTINGS,
} from "./settings.ts";

/** What a person set, by setting: the flags of a command line. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>;

export type Config = {
  readonly source: string;
  /** Whether somebody said so: then what was chosen on the page does not count. */
  readonly sourceSaid: boolean;
  readonly network: NetworkChoice;
  /** Whether somebody said so: then a source of another network is a mistake. */
  readonly networkSaid: boolean;
  /** `undefined`: data/<network of the source>. */
  readonly data: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly database: { readonly poolSize: number; readonly statementTimeoutMs: number; readonly slowQueryMs: number };
  /** `undefined`: none are scheduled. */
  readonly backups:
    | {
        readonly toDir: string;
        readonly everyHours: number;
        readonly keep: number;
        /** `undefined`: they stay there. */
        readonly bucket: Bucket | undefined;
      }
    | undefined;
  /** `undefined`: each process remembers answers for itself. */
  readonly redisUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly roles: readonly Role[];
  readonly pace: number;
  /** `undefined`: as many as are usual for the source. */
  readonly historyBlocks: number | undefined;
  readonly finality: number;
  readonly requestRate: number;
  readonly backfill: BackfillChoice;
  /** Threads of the role backfill; `undefined`: by the machine. */
  readonly workers: number | undefined;
  /** Blocks a second; `undefined`: no limit. */
  readonly backfillRate: number | undefined;
  readonly mempoolRetentionDays: number;
  /** What of the insights is published; kinds as they were listed, or "all". Percent. */
  readonly publish: { readonly kinds: string; readonly leastSurprise: number; readonly leastConfidence: number };
  /** Days for which rows are kept; `undefined`: for ever. */
  readonly retention: {
    readonly metricDays: number;
    readonly metricHourDays: number;
    readonly jobDays: number;
    readonly accessDays: number;
    readonly mempoolHourDays: number | undefined;
    readonly eventDays: number | undefined;
    readonly auditDays: number | undefined;
  };
  /** `undefined`: none were given. */
  readonly prices: { readonly path: string; readonly currency: string } | undefined;
  /** `undefined`: no language model is asked. */
  readonly model:
    | {
        /** `<provider>:<model>` */
        readonly name: string;
        readonly url: string | undefined;
        readonly key: string | undefined;
        readonly timeoutMs: number;
        readonly budget: { readonly requestsPerDay: number; readonly tokensPerDay: number };
      }
    | undefined;
  /** `undefined`: that of the data directory. */
  readonly instanceKey: string | undefined;
  readonly accounts: {
    /** Without a slash at its end. */
    readonly publicUrl: string;
    readonly registration: (typeof REGISTRATION_CHOICES)[number];
    readonly codes: (typeof CODES_CHOICES)[number];
    readonly guests: (typeof GUEST_CHOICES)[number];
    /** `undefined`: none is set. */
    readonly breachedPasswords: string | undefined;
    readonly providers: Providers;
  };
  readonly trustedProxies: readonly string[];
  /** Requests a minute; 0: no limit. */
  readonly burstLimit: number;
  /** Origins without a slash at their end. */
  readonly corsOrigins: readonly string[];
  /** With `{txid}` in it; `undefined`: none is set. */
  readonly transactionLink: string | undefined;
  readonly mail: { readonly server: string | undefined; readonly from: string };
  readonly logLevel: string;
};

type Bucket = {
  /** `https://<server>/<bucket>/<path>` */
  readonly address: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
};

/** What `start` can run. */
export type Role = (typeof ROLES)[number];

const ROLES = ["ingest", "api", "backfill"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** The only reader of the environment. @throws AppError naming the setting, what was said and what is expected */
export function readConfig(flags: Flags, environment: Environment = process.env): Config {
  const said = (name: SettingName): string | undefined => flags[name] ?? fromEnvironment(SETTINGS[name], environment);
  const text = (name: SettingName): string => choice(SETTINGS[name], said(name) ?? defaultOf(SETTINGS[name]));
  const number = (name: SettingName): number => parseNumber(SETTINGS[name], text(name));
  const optional = (name: SettingName): number | undefined => (said(name) === undefined ? undefined : number(name));
  refuseTakenByNpm(flags, environment);
  const data = said("data");
  return {
    source: text("source"),
    sourceSaid: said("source") !== undefined,
    network: oneOf(SETTINGS.network, text("network"), NETWORK_CHOICES),
    networkSaid: said("network") !== undefined,
    data: data === undefined ? undefined : resolve(data),
    databaseUrl: said("databaseUrl"),
    database: {
      poolSize: number("poolSize"),
      statementTimeoutMs: 1_000 * number("statementTimeout"),
      slowQueryMs: number("slowQueryMs"),
    },
    backups: readBackups(said, text, number),
    redisUrl: said("redisUrl"),
    host: text("host"),
    port: number("port"),
    roles: parseRoles(text("roles")),
    pace: number("pace"),
    historyBlocks: optional("historyBlocks"),
    finality: number("finality"),
    requestRate: number("requestRate"),
    backfill: oneOf(SETTINGS.backfill, text("backfill"), BACKFILL_CHOICES),
    workers: optional("workers"),
    backfillRate: optional("backfillRate"),
    mempoolRetentionDays: number("mempoolRetentionDays"),
    publish: {
      kinds: text("publishKinds"),
      leastSurprise: number("publishSurprise"),
      leastConfidence: number("publishConfidence"),
    },
    retention: {
      metricDays: number("metricsRetentionDays"),
      metricHourDays: number("metricHoursRetentionDays"),
      jobDays: number("jobRetentionDays"),
      accessDays: number("accessRetentionDays"),
      mempoolHourDays: optional("mempoolHoursRetentionDays"),
      eventDays: optional("eventRetentionDays"),
      auditDays: optional("auditRetentionDays"),
    },
    prices: parsePrices(said("prices"), text("priceCurrency")),
    model: readModel(said, number),
    instanceKey: said("instanceKey"),
    corsOrigins: parseOrigins(said("corsOrigins") ?? ""),
    transactionLink: parseTransactionLink(said("transactionLink")),
    accounts: {
      ...readAccounts(said, text, number("port")),
      providers: readProviders({
        said,
        text,
        isLocal: LOOPBACK.includes(text("host")),
        emulator: environment["FIREBASE_AUTH_EMULATOR_HOST"],
      }),
    },
    trustedProxies: parseProxies(said("trustedProxies") ?? ""),
    burstLimit: number("burstLimit"),
    mail: { server: said("smtpUrl"), from: text("mailFrom") },
    logLevel: text("logLevel"),
  };
}

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

function readAccounts(
  said: (name: SettingName) => string | undefined,
  text: (name: SettingName) => string,
  port: number,
): Omit<Config["accounts"], "providers"> {
  const given = said("publicUrl");
  const url = URL.parse(given ?? `http://localhost:${port}`);
  if (url === null || !["http:", "https:"].includes(url.protocol) || url.pathname !== "/" || url.search !== "") {
    throw badSetting(SETTINGS.publicUrl, given ?? "", "http:// or https:// with a name and nothing behind it");
  }
  const guests = said("guests") ?? (LOOPBACK.includes(text("host")) ? "all" : "feed");
  return {
    publicUrl: url.origin,
    registration: oneOf(SETTINGS.registration, text("registration"), REGISTRATION_CHOICES),
    codes: oneOf(SETTINGS.codes, text("codes"), CODES_CHOICES),
    guests: oneOf(SETTINGS.guests, guests, GUEST_CHOICES),
    breachedPasswords: said("breachedPasswords"),
  };
}

function oneOf<Choice extends string>(setting: Setting, value: string, choices: readonly Choice[]): Choice {
  const known = choices.find((each) => each === value);
  if (known === undefined) throw badSetting(setting, value, `one of ${choices.join(", ")}`);
  return known;
}

function readBackups(
  said: (name: SettingName) => string | undefined,
  text: (name: SettingName) => string,
  number: (name: SettingName) => number,
): Config["backups"] {
  const plan = { everyHours: number("backupEvery"), keep: number("backupKeep") };
  const bucket = readBucket(said, text("backupBucketRegion"));
  const to = said("backupTo");
  return to === undefined ? undefined : { toDir: resolve(to), ...plan, bucket };
}

function readBucket(said: (name: SettingName) => string | undefined, region: string): Bucket | undefined {
  const address = said("backupBucket");
  if (address === undefined) return undefined;
  const url = URL.parse(address);
  const whole = url !== null && ["https:", "http:"].includes(url.protocol) && /^(\/[\w.-]+)+\/?$/.test(url.pathname);
  if (!whole || url.username !== "" || url.search !== "") {
    throw badSetting(SETTINGS.backupBucket, address, "https://<server>/<bucket>, and perhaps a path in it");
  }
  const [, keyId = "", secret = ""] = /^([^:]+):(.+)$/.exec(said("backupBucketKey") ?? "") ?? [];
  if (secret === "") {
    throw new AppError("CONFIG_BUCKET_KEY", "a bucket needs a key: UTXOIQ_BACKUP_BUCKET_KEY is <id>:<secret>");
  }
  return { address, region, keyId, secret };
}

function readModel(
  said: (name: SettingName) => string | undefined,
  number: (name: SettingName) => number,
): Config["model"] {
  const [name, url, key] = [said("model"), said("modelUrl"), said("modelKey")];
  const limits = {
    timeoutMs: 1_000 * number("modelTimeout"),
    budget: { requestsPerDay: number("modelRequestsPerDay"), tokensPerDay: number("modelTokensPerDay") },
  };
  return name === undefined ? undefined : { name, url, key, ...limits };
}

/** `npm start --port=8080`, without a `--` of its own, is a setting of npm, which hands it on as a variable. */
function refuseTakenByNpm(flags: Flags, environment: Environment): void {
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const [flag = ""] = SETTINGS[name].flag.split(" ");
    const taken = environment[`npm_config_${flag.slice(2).replaceAll("-", "_")}`];
    if (taken === undefined || flags[name] !== undefined) continue;
    throw new AppError(
      "CONFIG_TAKEN_BY_NPM",
      `npm took ${flag} for itself; write -- before it: npm start -- ${flag} …`,
    );
  }
}

function fromEnvironment(setting: Setting, environment: Environment): string | undefined {
  return setting.env.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}

function defaultOf(setting: Setting): string {
  return setting.default ?? "";
}

function choice(setting: Setting, value: string): string {
  if (setting.choices === undefined || setting.choices.includes(value)) return value;
  throw badSetting(setting, value, `one of ${setting.choices.join(", ")}`);
}

function parseNumber(setting: Setting, value: string): number {
  const { min, max } = setting.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
  const parsed = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (parsed >= min && parsed <= max) return parsed;
  throw badSetting(setting, value, `a whole number from ${min} to ${max}`);
}

function parseOrigins(value: string): readonly string[] {
  const origins = value.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim().replace(/\/$/, "")]));
  for (const origin of origins) {
    const isOrigin = URL.parse(origin)?.origin === origin && /^https?:/.test(origin);
    if (origin !== "*" && !isOrigin) {
      throw badSetting(SETTINGS.corsOrigins, value, "origins such as https://example.org with commas between, or *");
    }
  }
  return origins;
}

function parseTransactionLink(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const isAddress = /^https?:/.test(URL.parse(value.replaceAll("{txid}", "0"))?.protocol ?? "");
  if (isAddress && value.includes("{txid}")) return value;
  throw badSetting(SETTINGS.transactionLink, value, "an http:// or https:// address with {txid} in it");
}

function parsePrices(path: string | undefined, currency: string): Config["prices"] {
  if (!/^[A-Z]{3,5}$/.test(currency))
    throw badSetting(SETTINGS.priceCurrency, currency, "three to five capital letters");
  return path === undefined ? undefined : { path: resolve(path), currency };
}

function parseRoles(value: string): Config["roles"] {
  const roles = value.split(",").map((role) => role.trim());
  return roles.map((role) => {
    const known = ROLES.find((each) => each === role);
    if (known === undefined) throw badSetting(SETTINGS.roles, value, `a list of ${ROLES.join(", ")}`);
    return known;
  });
}

/** An address, or a network of them; a name would be anybody's who says what it stands for. */
function parseProxies(value: string): readonly string[] {
  const proxies = value.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  for (const proxy of proxies) {
    const [address = "", bits, ...rest] = proxy.split("/");
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const fits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
    if (most >= 0 && fits && rest.length === 0) continue;
    throw badSetting(SETTINGS.trustedProxies, value, "addresses, or networks such as 10.0.0.0/8, with commas between");
  }
  return proxies;
}

function badSetting(setting: Setting, value: string, expected: string): AppError {
  const flag = setting.flag.split(" ")[0];
  return new AppError(
    "CONFIG_BAD_SETTING",
    `${flag} (or ${setting.env.join(", ")}) is "${value}", expected ${expected}`,
  );
}
