import { IDENTITY_SETTINGS } from "./identity-settings.ts";
import type { Setting } from "./setting.ts";

export const NETWORK_CHOICES = ["mainnet", "testnet3", "testnet4", "signet", "regtest", "simnet"] as const;
export type NetworkChoice = (typeof NETWORK_CHOICES)[number];

export const BACKFILL_CHOICES = ["ask", "yes", "no"] as const;
export type BackfillChoice = (typeof BACKFILL_CHOICES)[number];

export const REGISTRATION_CHOICES = ["open", "invite", "closed"] as const;
export const CODES_CHOICES = ["nobody", "admins", "everybody"] as const;
export const GUEST_CHOICES = ["all", "feed", "nothing"] as const;

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
      "Where blocks come from: core:http://user:password@host:8332 (a Bitcoin Core node), core-files:<its data directory>, esplora:https://host/api, simnet:<seed> (a simulated network; simnet:<seed>:realistic has blocks as full as real ones), dir:<directory of <height>.block and <height>.spent files>, or several of the first three with a comma between: the next is used while the one before fails.",
  },
  network: {
    name: "network",
    flag: "--network <name>",
    env: ["UTXOIQ_NETWORK"],
    type: "text",
    default: "mainnet",
    choices: NETWORK_CHOICES,
    sentence: "The network that the blocks of a dir: source belong to; every other source tells by itself.",
  },
  data: {
    name: "data",
    flag: "--data <directory>",
    env: ["UTXOIQ_DATA"],
    type: "path",
    default: "data/<network>",
    sentence:
      "The data directory: the embedded PostgreSQL, the log, the simulation's snapshots. A dir: source has data/<network>-blocks.",
  },
  databaseUrl: {
    name: "databaseUrl",
    flag: "--database-url <url>",
    env: ["DATABASE_URL"],
    type: "text",
    sentence: "A PostgreSQL 18 of your own (postgres://…); without it the embedded one is started.",
  },
  poolSize: {
    name: "poolSize",
    flag: "--pool-size <number>",
    env: ["UTXOIQ_POOL_SIZE"],
    type: "number",
    range: { min: 2, max: 200 },
    default: "8",
    sentence:
      "Connections to the database that the process has at most for its queries; a few more listen, or do the work of a backfill. The embedded server takes 60 of all processes together.",
  },
  statementTimeout: {
    name: "statementTimeout",
    flag: "--statement-timeout <seconds>",
    env: ["UTXOIQ_STATEMENT_TIMEOUT"],
    type: "number",
    range: { min: 1, max: 3_600 },
    default: "30",
    sentence: "Seconds after which the database gives up a query.",
  },
  slowQueryMs: {
    name: "slowQueryMs",
    flag: "--slow-query-ms <milliseconds>",
    env: ["UTXOIQ_SLOW_QUERY_MS"],
    type: "number",
    range: { min: 1, max: 3_600_000 },
    default: "1000",
    sentence: "A query that takes so long or longer is written into the log, without its values.",
  },
  backupTo: {
    name: "backupTo",
    flag: "--backup-to <directory>",
    env: ["UTXOIQ_BACKUP_TO"],
    type: "path",
    sentence:
      "A directory, best on another disk, in which the database is backed up while start runs, with the log of changes of the embedded server, by which every moment since can be gone back to. Without it nothing is backed up.",
  },
  backupEvery: {
    name: "backupEvery",
    flag: "--backup-every <hours>",
    env: ["UTXOIQ_BACKUP_EVERY"],
    type: "number",
    range: { min: 1, max: 8_760 },
    default: "24",
    sentence: "Hours from one such backup to the next.",
  },
  backupKeep: {
    name: "backupKeep",
    flag: "--backup-keep <number>",
    env: ["UTXOIQ_BACKUP_KEEP"],
    type: "number",
    range: { min: 1, max: 1_000 },
    default: "7",
    sentence: "How many of the newest such backups are kept, with the log from the oldest of them on.",
  },
  backupBucket: {
    name: "backupBucket",
    flag: "--backup-bucket <address>",
    env: ["UTXOIQ_BACKUP_BUCKET"],
    type: "text",
    sentence:
      "A bucket that speaks S3's protocol, and perhaps a path in it, to which such backups and their log are copied: https://<server>/<bucket>/<path>, such as https://s3.eu-central-1.amazonaws.com/ours or https://storage.googleapis.com/ours. Without it nothing is copied.",
  },
  backupBucketRegion: {
    name: "backupBucketRegion",
    flag: "--backup-bucket-region <region>",
    env: ["UTXOIQ_BACKUP_BUCKET_REGION"],
    type: "text",
    default: "auto",
    sentence: "The region of the bucket; Amazon's servers ask for it, others take auto.",
  },
  backupBucketKey: {
    name: "backupBucketKey",
    flag: "--backup-bucket-key <id:secret>",
    env: ["UTXOIQ_BACKUP_BUCKET_KEY"],
    type: "text",
    sentence:
      "The access key of the bucket (at Google an HMAC key), id and secret with a colon between, a secret: as a variable other users of the machine do not see it.",
  },
  redisUrl: {
    name: "redisUrl",
    flag: "--redis-url <url>",
    env: ["REDIS_URL"],
    type: "text",
    sentence:
      "A Redis server (redis://…) in which several processes of the API remember answers for each other; without it each remembers its own.",
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
    default: "ingest,api,backfill",
    sentence:
      "The roles that start runs, separated by commas: ingest, api, backfill (reads the older blocks that somebody asks for; as many processes on as many machines as wanted).",
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
    sentence:
      "Blocks before the tip to begin with at first start. Where nothing is said: 4,320 of a simulated network, 30 days; 2,016 of a real one and of the realistic density, two weeks. 1000000 is all there are.",
  },
  finality: {
    name: "finality",
    flag: "--finality <blocks>",
    env: ["UTXOIQ_FINALITY"],
    type: "number",
    range: { min: 1, max: 2_016 },
    default: "100",
    sentence: "A reorg that undoes more blocks than this is not followed: the program stops and says so.",
  },
  requestRate: {
    name: "requestRate",
    flag: "--request-rate <number>",
    env: ["UTXOIQ_REQUEST_RATE"],
    type: "number",
    range: { min: 1, max: 1_000 },
    default: "2",
    sentence: "Requests a second that an esplora: server is asked at most.",
  },
  backfill: {
    name: "backfill",
    flag: "--backfill <answer>",
    env: ["UTXOIQ_BACKFILL"],
    type: "text",
    default: "ask",
    choices: BACKFILL_CHOICES,
    sentence:
      "Whether an esplora: server may be asked for --history-blocks at first start, which is many requests; ask: on a terminal you are asked, elsewhere it begins at the tip.",
  },
  workers: {
    name: "workers",
    flag: "--workers <number>",
    env: ["UTXOIQ_BACKFILL_WORKERS"],
    type: "number",
    range: { min: 1, max: 256 },
    sentence:
      "Threads that the role backfill reads older blocks with; one less than the machine has cores where nothing is said.",
  },
  backfillRate: {
    name: "backfillRate",
    flag: "--backfill-rate <blocks>",
    env: ["UTXOIQ_BACKFILL_RATE"],
    type: "number",
    range: { min: 1, max: 100_000 },
    sentence:
      "Blocks a second that the role backfill reads at most, to spare a node that others use; without it as many as it can.",
  },
  mempoolRetentionDays: {
    name: "mempoolRetentionDays",
    flag: "--mempool-retention-days <days>",
    env: ["UTXOIQ_MEMPOOL_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    default: "30",
    sentence:
      "Days for which snapshots of the mempool are kept; older days are dropped whole, but for the last snapshot of each hour.",
  },
  mempoolHoursRetentionDays: {
    name: "mempoolHoursRetentionDays",
    flag: "--mempool-hours-retention-days <days>",
    env: ["UTXOIQ_MEMPOOL_HOURS_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    sentence: "Days for which these hours of the mempool are kept. Without it for ever.",
  },
  publishKinds: {
    name: "publishKinds",
    flag: "--publish-kinds <list>",
    env: ["UTXOIQ_PUBLISH_KINDS"],
    type: "text",
    default: "all",
    sentence:
      "Kinds of signal of which insights are published, separated by commas, such as fee-spike,inflow-spike (docs/signals has them); signals of all kinds are stored and scored.",
  },
  publishSurprise: {
    name: "publishSurprise",
    flag: "--publish-surprise <percent>",
    env: ["UTXOIQ_PUBLISH_SURPRISE"],
    type: "number",
    range: { min: 0, max: 100 },
    default: "0",
    sentence:
      "An insight is published where it ranks above so many percent of its own history; what has no rank is not held back, and of several signals that one insight tells of one is enough.",
  },
  publishConfidence: {
    name: "publishConfidence",
    flag: "--publish-confidence <percent>",
    env: ["UTXOIQ_PUBLISH_CONFIDENCE"],
    type: "number",
    range: { min: 0, max: 100 },
    default: "0",
    sentence:
      "An insight that claims something is published where its confidence is so many percent or more; what states none is not held back.",
  },
  eventRetentionDays: {
    name: "eventRetentionDays",
    flag: "--event-retention-days <days>",
    env: ["UTXOIQ_EVENT_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    sentence:
      "Days for which events are kept that streams can go back to, at least: they go by 20,000. What they told of insights stays. Without it for ever.",
  },
  metricsRetentionDays: {
    name: "metricsRetentionDays",
    flag: "--metrics-retention-days <days>",
    env: ["UTXOIQ_METRICS_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    default: "30",
    sentence: "Days for which the program's own measurements, one in ten seconds, are kept.",
  },
  metricHoursRetentionDays: {
    name: "metricHoursRetentionDays",
    flag: "--metric-hours-retention-days <days>",
    env: ["UTXOIQ_METRIC_HOURS_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    default: "365",
    sentence: "Days for which hours of those measurements are kept, which are made before they go.",
  },
  jobRetentionDays: {
    name: "jobRetentionDays",
    flag: "--job-retention-days <days>",
    env: ["UTXOIQ_JOB_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    default: "90",
    sentence: "Days for which backfills that have ended, with their errors, and commands that were answered are kept.",
  },
  accessRetentionDays: {
    name: "accessRetentionDays",
    flag: "--access-retention-days <days>",
    env: ["UTXOIQ_ACCESS_RETENTION_DAYS"],
    type: "number",
    range: { min: 1, max: 36_500 },
    default: "90",
    sentence:
      "Days for which it is kept what was refused to whom, and invitations and mailed links after they have ended.",
  },
  auditRetentionDays: {
    name: "auditRetentionDays",
    flag: "--audit-retention-days <days>",
    env: ["UTXOIQ_AUDIT_RETENTION_DAYS"],
    type: "number",
    range: { min: 30, max: 36_500 },
    sentence: "Days for which it is kept who changed what. Without it for ever.",
  },
  prices: {
    name: "prices",
    flag: "--prices <file>",
    env: ["UTXOIQ_PRICES"],
    type: "path",
    sentence:
      "A CSV file with the columns date (YYYY-MM-DD, UTC) and close: what one bitcoin cost on each day. With it each block has SOPR and the change of the realised cap.",
  },
  priceCurrency: {
    name: "priceCurrency",
    flag: "--price-currency <code>",
    env: ["UTXOIQ_PRICE_CURRENCY"],
    type: "text",
    default: "USD",
    sentence: "The currency of those prices, three to five capital letters.",
  },
  model: {
    name: "model",
    flag: "--model <provider:model>",
    env: ["UTXOIQ_MODEL"],
    type: "text",
    sentence:
      "A language model that words new insights anew: compatible:<model> (any server that speaks OpenAI's chat completions, such as Ollama or llama.cpp), openai:<model>, anthropic:<model>, google:<model> (Vertex AI) or xai:<model>. Without it no model is asked.",
  },
  modelUrl: {
    name: "modelUrl",
    flag: "--model-url <address>",
    env: ["UTXOIQ_MODEL_URL"],
    type: "text",
    sentence:
      "The base address of the model's API, such as http://localhost:11434/v1; without it that of the provider. compatible: needs it.",
  },
  modelKey: {
    name: "modelKey",
    flag: "--model-key <key>",
    env: ["UTXOIQ_MODEL_KEY"],
    type: "text",
    sentence:
      "The key of the model's API, a secret: as a variable other users of the machine do not see it. compatible: may do without.",
  },
  modelTimeout: {
    name: "modelTimeout",
    flag: "--model-timeout <seconds>",
    env: ["UTXOIQ_MODEL_TIMEOUT"],
    type: "number",
    range: { min: 1, max: 600 },
    default: "20",
    sentence: "Seconds after which a model's reply is given up and the text of the template stays.",
  },
  modelRequestsPerDay: {
    name: "modelRequestsPerDay",
    flag: "--model-requests-per-day <number>",
    env: ["UTXOIQ_MODEL_REQUESTS_PER_DAY"],
    type: "number",
    range: { min: 0, max: 1_000_000 },
    default: "200",
    sentence: "Requests to the model on a day, UTC, at most.",
  },
  modelTokensPerDay: {
    name: "modelTokensPerDay",
    flag: "--model-tokens-per-day <number>",
    env: ["UTXOIQ_MODEL_TOKENS_PER_DAY"],
    type: "number",
    range: { min: 0, max: 1_000_000_000 },
    default: "1000000",
    sentence:
      "Tokens of prompts and replies, as the server counts them, after which the model is asked no more on a day, UTC.",
  },
  instanceKey: {
    name: "instanceKey",
    flag: "--instance-key <hex>",
    env: ["UTXOIQ_INSTANCE_KEY"],
    type: "text",
    sentence:
      "The key that signs cookies and the operator's link, 64 hex digits, a secret: as a variable other users of the machine do not see it. Without it one is drawn and kept in instance.key of the data directory.",
  },
  publicUrl: {
    name: "publicUrl",
    flag: "--public-url <address>",
    env: ["UTXOIQ_PUBLIC_URL"],
    type: "text",
    sentence:
      "Where people reach the server, such as https://iq.example.org: links in mails begin with it, the server answers under its name, and with https cookies are sent over it alone. Without it http://localhost and the port.",
  },
  trustedProxies: {
    name: "trustedProxies",
    flag: "--trusted-proxies <list>",
    env: ["UTXOIQ_TRUSTED_PROXIES"],
    type: "text",
    sentence:
      "Addresses or networks of proxies, separated by commas, whose X-Forwarded headers tell who really asks, such as 127.0.0.1 or 10.0.0.0/8. Without it no such header counts.",
  },
  registration: {
    name: "registration",
    flag: "--registration <who>",
    env: ["UTXOIQ_REGISTRATION"],
    type: "text",
    default: "invite",
    choices: REGISTRATION_CHOICES,
    sentence:
      "Who may make an account: open (everybody who confirms an e-mail address), invite (whoever an administrator invites), closed (the operator alone).",
  },
  codes: {
    name: "codes",
    flag: "--codes <of>",
    env: ["UTXOIQ_CODES"],
    type: "text",
    default: "nobody",
    choices: CODES_CHOICES,
    sentence:
      "Who has to have codes beside a password: nobody, admins, everybody. Whoever has to and has none may do as much as a guest, and set them up.",
  },
  breachedPasswords: {
    name: "breachedPasswords",
    flag: "--breached-passwords <file>",
    env: ["UTXOIQ_BREACHED_PASSWORDS"],
    type: "text",
    sentence:
      "Passwords that others have lost, as a file of their SHA-1 ordered by hash, which Have I Been Pwned has for download; one that is in it is not taken. Without it nobody looks, and nothing is asked of others.",
  },
  guests: {
    name: "guests",
    flag: "--guests <access>",
    env: ["UTXOIQ_GUESTS"],
    type: "text",
    choices: GUEST_CHOICES,
    sentence:
      "What is open to people without an account: all (reading and feedback), feed (insights and briefs), nothing. Where nothing is said: all where the server listens on this machine alone, else feed.",
  },
  corsOrigins: {
    name: "corsOrigins",
    flag: "--cors-origins <list>",
    env: ["UTXOIQ_CORS_ORIGINS"],
    type: "text",
    sentence:
      "Pages of other origins that browsers let read the API, separated by commas, such as https://example.org, or * for any; they act with an API key, never with a visitor's cookies. Without it none.",
  },
  transactionLink: {
    name: "transactionLink",
    flag: "--transaction-link <address>",
    env: ["UTXOIQ_TRANSACTION_LINK"],
    type: "text",
    sentence:
      "Where a transaction can be looked up that neither the database nor the node knows, with {txid} in it, such as https://mempool.space/tx/{txid}; it is shown as a link and never asked by the program. Without it none is shown.",
  },
  burstLimit: {
    name: "burstLimit",
    flag: "--burst-limit <requests>",
    env: ["UTXOIQ_BURST_LIMIT"],
    type: "number",
    range: { min: 0, max: 1_000_000 },
    default: "600",
    sentence:
      "Requests a minute that the pages of one person, or of one address without an account, may send, to all processes together; 0 is as many as they want. Keys and tokens are limited by the hour, by their person's tier.",
  },
  ...IDENTITY_SETTINGS,
  smtpUrl: {
    name: "smtpUrl",
    flag: "--smtp-url <address>",
    env: ["UTXOIQ_SMTP_URL"],
    type: "text",
    sentence:
      "The server that takes mail, smtp://user:password@host:587 or smtps://…, a secret: as a variable other users of the machine do not see it. Without it mail is written into the log.",
  },
  mailFrom: {
    name: "mailFrom",
    flag: "--mail-from <address>",
    env: ["UTXOIQ_MAIL_FROM"],
    type: "text",
    default: "utxoIQ <utxoiq@localhost>",
    sentence: "The sender of mail.",
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
