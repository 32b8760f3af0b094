import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "./read-config.ts";

test("a flag wins over the environment, the environment over the default", () => {
  expect(readConfig({}, {}).port).toBe(3000);
  expect(readConfig({}, { PORT: "4000" }).port).toBe(4000);
  expect(readConfig({}, { PORT: "4000", UTXOIQ_PORT: "5000" }).port).toBe(5000);
  expect(readConfig({ port: "6000" }, { UTXOIQ_PORT: "5000" }).port).toBe(6000);
});

test("defaults run everything on this machine alone", () => {
  expect(readConfig({}, {})).toEqual({
    source: "simnet:1",
    sourceSaid: false,
    corsOrigins: [],
    accounts: {
      publicUrl: "http://localhost:3000",
      registration: "invite",
      breachedPasswords: undefined,
      codes: "nobody",
      guests: "all",
      providers: {},
    },
    trustedProxies: [],
    burstLimit: 600,
    mail: { server: undefined, from: "utxoIQ <utxoiq@localhost>" },
    network: "mainnet",
    networkSaid: false,
    data: undefined,
    databaseUrl: undefined,
    database: { poolSize: 8, statementTimeoutMs: 30_000, slowQueryMs: 1_000 },
    backups: undefined,
    redisUrl: undefined,
    host: "127.0.0.1",
    port: 3000,
    roles: ["ingest", "api", "backfill"],
    pace: 60,
    historyBlocks: undefined,
    finality: 100,
    mempoolRetentionDays: 30,
    retention: {
      metricDays: 30,
      metricHourDays: 365,
      jobDays: 90,
      accessDays: 90,
      mempoolHourDays: undefined,
      eventDays: undefined,
      auditDays: undefined,
    },
    requestRate: 2,
    backfill: "ask",
    publish: { kinds: "all", leastSurprise: 0, leastConfidence: 0 },
    prices: undefined,
    model: undefined,
    logLevel: "info",
  });
});

test("a language model has a time-out and a budget of its own accord", () => {
  const limits = { timeoutMs: 20_000, budget: { requestsPerDay: 200, tokensPerDay: 1_000_000 } };
  expect(readConfig({ model: "openai:gpt" }, { UTXOIQ_MODEL_KEY: "secret" }).model).toEqual({
    name: "openai:gpt",
    url: undefined,
    key: "secret",
    ...limits,
  });
  expect(readConfig({}, { UTXOIQ_MODEL_KEY: "secret" }).model).toBeUndefined();
  expect(() => readConfig({ modelTimeout: "0" }, {})).toThrow("expected a whole number from 1 to 600");
});

test("backups are made where somebody says where to", () => {
  const plan = { toDir: resolve("there"), everyHours: 24, keep: 7, bucket: undefined };
  expect(readConfig({ backupTo: "there" }, {}).backups).toEqual(plan);
  expect(readConfig({ backupTo: "there", backupKeep: "2" }, { UTXOIQ_BACKUP_EVERY: "6" }).backups).toEqual({
    ...plan,
    everyHours: 6,
    keep: 2,
  });
  expect(() => readConfig({ backupKeep: "0" }, {})).toThrow("expected a whole number from 1 to 1000");
});

test("a bucket has an address and a key, which is never told", () => {
  const variables = { UTXOIQ_BACKUP_TO: "/there", UTXOIQ_BACKUP_BUCKET_KEY: "id:a:secret/+" };
  const address = "https://storage.googleapis.com/ours/utxoiq";
  expect(readConfig({ backupBucket: address }, variables).backups?.bucket).toEqual({
    address,
    region: "auto",
    keyId: "id",
    secret: "a:secret/+",
  });
  for (const wrong of [
    "s3://ours",
    "https://storage.googleapis.com",
    "https://me:pass@host/ours",
    "https://host/o?x=1",
  ]) {
    expect(() => readConfig({ backupBucket: wrong }, variables)).toThrow("expected https://<server>/<bucket>");
  }
  const keyless = { ...variables, UTXOIQ_BACKUP_BUCKET_KEY: "secret" };
  expect(() => readConfig({ backupBucket: address }, keyless)).toThrow(/^a bucket needs a key: \S+ is <id>:<secret>$/);
});

test("prices are a file, in dollars unless told", () => {
  expect(readConfig({ prices: "p.csv" }, {}).prices).toEqual({ path: resolve("p.csv"), currency: "USD" });
  const variables = { UTXOIQ_PRICES: "/p.csv", UTXOIQ_PRICE_CURRENCY: "EUR" };
  expect(readConfig({}, variables).prices).toEqual({ path: "/p.csv", currency: "EUR" });
  expect(() => readConfig({ priceCurrency: "usd" }, {})).toThrow(
    '--price-currency (or UTXOIQ_PRICE_CURRENCY) is "usd", expected three to five capital letters',
  );
});

test("a flag that npm took for itself is not passed over", () => {
  expect(() => readConfig({}, { npm_config_log_level: "debug" })).toThrow(
    "npm took --log-level for itself; write -- before it: npm start -- --log-level …",
  );
  expect(readConfig({ source: "simnet:2" }, { npm_config_source: "true" }).source).toBe("simnet:2");
});

test("an empty variable is none, a data directory is made absolute", () => {
  expect(readConfig({}, { UTXOIQ_SOURCE: "" }).source).toBe("simnet:1");
  expect(readConfig({ data: "somewhere" }, {}).data).toBe(resolve("somewhere"));
});

test.each([
  [{ port: "eighty" }, '--port (or UTXOIQ_PORT, PORT) is "eighty", expected a whole number from 0 to 65535'],
  [{ port: "70000" }, "expected a whole number from 0 to 65535"],
  [{ network: "moonnet" }, '--network (or UTXOIQ_NETWORK) is "moonnet", expected one of mainnet, testnet3'],
  [{ roles: "ingest,cook" }, "expected a list of ingest, api, backfill"],
  [{ logLevel: "loud" }, "expected one of trace, debug, info"],
])("%o is refused with what is expected", (flags, says) => {
  expect(() => readConfig(flags, {})).toThrow(says);
});

test("who lets other machines in opens the feed alone to guests, unless it is said", () => {
  expect(readConfig({ host: "0.0.0.0" }, {}).accounts.guests).toBe("feed");
  expect(readConfig({ host: "0.0.0.0", guests: "all" }, {}).accounts.guests).toBe("all");
  expect(readConfig({}, { UTXOIQ_GUESTS: "nothing" }).accounts.guests).toBe("nothing");
  expect(() => readConfig({ registration: "maybe" }, {})).toThrow("one of open, invite, closed");
  expect(readConfig({ publicUrl: "https://iq.example.org/" }, {}).accounts.publicUrl).toBe("https://iq.example.org");
  expect(() => readConfig({ publicUrl: "iq.example.org" }, {})).toThrow("http:// or https://");
  expect(readConfig({ trustedProxies: "127.0.0.1, 10.0.0.0/8" }, {}).trustedProxies).toEqual([
    "127.0.0.1",
    "10.0.0.0/8",
  ]);
});

test("origins and the link to transactions are what they are said to be", () => {
  const config = readConfig({ corsOrigins: "https://a.example/, http://b.example:81" }, {});
  expect(config.corsOrigins).toEqual(["https://a.example", "http://b.example:81"]);
  expect(readConfig({ corsOrigins: "*" }, {}).corsOrigins).toEqual(["*"]);
  for (const corsOrigins of ["a.example", "https://a.example/path", "ftp://a.example"])
    expect(() => readConfig({ corsOrigins }, {})).toThrow("--cors-origins");
  const transactionLink = "https://mempool.space/tx/{txid}";
  expect(readConfig({ transactionLink }, {}).transactionLink).toBe(transactionLink);
  for (const bad of ["https://mempool.space/tx/", "javascript:alert({txid})"])
    expect(() => readConfig({ transactionLink: bad }, {})).toThrow("--transaction-link");
});

test.each(["proxy.example.org", "10.0.0.0/33", "10.0.0.0/0", "10.0.0.1/8/8", "loopback", "::1/129"])(
  "%s is no proxy that can be trusted",
  (trustedProxies) => {
    expect(() => readConfig({ trustedProxies }, {})).toThrow("--trusted-proxies");
  },
);

test("who else says who somebody is needs both halves of what it is known by", () => {
  const providersOf = (flags: Parameters<typeof readConfig>[0], variables = {}) =>
    readConfig(flags, variables).accounts.providers;
  const google = { googleClientId: "id", googleClientSecret: "secret" };
  expect(providersOf(google)).toEqual({ google: { clientId: "id", clientSecret: "secret" } });
  expect(() => readConfig({ googleClientId: "id" }, {})).toThrow(
    "--google-client-id and --google-client-secret belong",
  );
  const client = { oidcClientId: "id", oidcClientSecret: "secret" };
  expect(() => readConfig(client, {})).toThrow("--oidc-issuer");
  expect(() => readConfig({ ...client, oidcIssuer: "http://login.example.org" }, {})).toThrow("expected https://");
  expect(providersOf({ ...client, oidcIssuer: "https://login.example.org" }).oidc).toMatchObject({
    issuer: "https://login.example.org",
    name: "single sign-on",
  });
});

test("tokens of Firebase's emulator count where that is said twice, on a server that nobody else reaches", () => {
  const variables = { FIREBASE_AUTH_EMULATOR_HOST: "127.0.0.1:9099" };
  const flags = { firebaseProject: "iq", unsafeFirebaseEmulator: "yes" };
  expect(readConfig({ firebaseProject: "iq" }, variables).accounts.providers.firebase?.trustsEmulator).toBe(false);
  expect(readConfig(flags, {}).accounts.providers.firebase?.trustsEmulator).toBe(false);
  expect(readConfig(flags, variables).accounts.providers.firebase?.trustsEmulator).toBe(true);
  expect(() => readConfig({ ...flags, host: "0.0.0.0" }, variables)).toThrow("lets everybody in as anybody");
});
