import type { Complete } from "./store-command.ts";

type CommandOfProgram = {
  readonly name: string;
  readonly sentence: string;
  /** What it does is loaded when it is asked for: a person who asks for help does not wait for a database driver. */
  readonly load: () => Promise<{ readonly complete: Complete }>;
};

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandOfProgram[] = [
  {
    name: "start",
    sentence: "run everything: database, source, signals, dashboard",
    load: () => import("./start.ts"),
  },
  {
    name: "ingest",
    sentence: "store the blocks of a directory with their signals and insights",
    load: () => import("./ingest.ts"),
  },
  {
    name: "features",
    sentence: "print what each block of a source says, storing nothing",
    load: () => import("./features.ts"),
  },
  {
    name: "mempool",
    sentence: "print what waits to be mined, every few seconds, storing nothing",
    load: () => import("./mempool.ts"),
  },
  {
    name: "labels",
    sentence: "who owns which addresses: import, list, show, export, check",
    load: () => import("./labels/label-commands.ts"),
  },
  {
    name: "watch",
    sentence: "addresses and actors of interest: every transaction of theirs is kept as a transfer",
    load: () => import("./watch.ts"),
  },
  {
    name: "flows",
    sentence: "print what an actor received and spent, block by block",
    load: () => import("./flows.ts"),
  },
  {
    name: "transfers",
    sentence: "print the transfers that were kept, with their parties",
    load: () => import("./transfers.ts"),
  },
  {
    name: "detect",
    sentence: "print what stands out in a daily series of yours, storing nothing",
    load: () => import("./detect.ts"),
  },
  {
    name: "snapshot",
    sentence: "opening balances by a file of Bitcoin Core's dumptxoutset",
    load: () => import("./snapshot.ts"),
  },
  {
    name: "scorecard",
    sentence: "what was said about blocks to come and what came of it: check that nothing was changed",
    load: () => import("./scorecard.ts"),
  },
  {
    name: "verify",
    sentence: "compute an insight again from its bundle: identical, or where it differs",
    load: () => import("./verify/verify-insight.ts"),
  },
  {
    name: "brief",
    sentence: "print what stood out on a day, strongest first",
    load: () => import("./brief.ts"),
  },
  {
    name: "operator",
    sentence: "print a new link that makes a browser the operator's, once, within 15 minutes",
    load: () => import("./operator.ts"),
  },
  {
    name: "mcp",
    sentence: "let an assistant ask a running server (Model Context Protocol, over stdio)",
    load: () => import("./mcp.ts"),
  },
  {
    name: "backfill",
    sentence: "read older blocks, or stored ones anew",
    load: () => import("./backfill/backfill-commands.ts"),
  },
  {
    name: "backup",
    sentence: "copy the embedded database while it runs, and check the copy",
    load: () => import("./backup/make-backup.ts"),
  },
  {
    name: "restore",
    sentence: "make a data directory of a backup",
    load: () => import("./backup/restore-backup.ts"),
  },
  {
    name: "simnet",
    sentence:
      "the simulated network: stage an event, list what can be staged, print what was true, write the chain as files",
    load: () => import("./simnet/simnet-commands.ts"),
  },
  {
    name: "config",
    sentence: "list every setting: flag, environment variable, default, meaning",
    load: () => import("./describe-settings.ts"),
  },
];
