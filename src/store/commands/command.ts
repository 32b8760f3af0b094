/** What a place turned out to be that blocks can be read from. */
export type TriedSource = {
  /** As a person would say it, without secrets. */
  readonly source: string;
  /** What answered, in a line for a person. */
  readonly description: string;
  readonly network: string;
  readonly simulated: boolean;
  /** `null` where it has none, or where finding it takes long. */
  readonly tipHeight: number | null;
  /** The lowest block that it gives; `null` where that is not known. */
  readonly lowestHeight: number | null;
  /** Whether its blocks can be stored beside those that are; `null`: none are stored yet. */
  readonly fits: boolean | null;
};

/** A transaction as the source knows it. Amounts are satoshis. */
export type SourceTransaction = {
  readonly txid: string;
  /** `null`: it waits to be mined. */
  readonly block: { readonly hash: string; readonly height: number; readonly time: number } | null;
  readonly size: number;
  readonly weight: number;
  /** `null` where the source does not tell. */
  readonly fee: number | null;
  readonly coinbase: boolean;
  readonly inputs: number;
  /** The first of them. */
  readonly outputs: readonly { readonly value: number; readonly address: string | null; readonly type: string }[];
  readonly outputCount: number;
  /** Of all outputs. */
  readonly valueOut: number;
};

/** What can be asked, with what is answered. Both are kept as JSON. */
export type CommandTypes = {
  /** Whether blocks can be read from there. */
  "source.test": {
    readonly arguments: SealedSource;
    readonly result: TriedSource;
  };
  /** To read from there, now and after each start. */
  "source.use": {
    readonly arguments: SealedSource & {
      /** Of the first block, where none is stored; `null`: as many as are usual. */
      readonly startHeight: number | null;
    };
    readonly result: TriedSource & {
      /** `null` where blocks are stored already, or where what is usual was asked for. */
      readonly startHeight: number | null;
    };
  };
  /** A transaction by its id, where the source has an index of them or it waits to be mined. */
  "transaction.find": {
    readonly arguments: { readonly txid: string };
    readonly result:
      | { readonly found: SourceTransaction }
      | { readonly found: null; readonly reason: "unknown" | "no-index" | "not-asked" };
  };
  /** To stage an event on a simulated chain; what is left out is drawn. */
  "simnet.event": {
    readonly arguments: {
      readonly kind: string;
      readonly entity?: string | undefined;
      /** Bitcoin, or times the usual. */
      readonly size?: number | undefined;
      readonly blocks?: number | undefined;
    };
    readonly result: {
      readonly kind: string;
      readonly entity: string | null;
      readonly size: number | null;
      readonly unit: "BTC" | "times";
      readonly blocks: number | null;
      readonly fromHeight: number;
      readonly simulated: true;
    };
  };
};

/** As `--source` says it, with its password, which only the instance's key opens: commands are kept for long. */
type SealedSource = { readonly sealedSource: string };

export type CommandKind = keyof CommandTypes;

/** A command that was taken and is to be carried out. */
export type TakenCommand = {
  [Kind in CommandKind]: {
    readonly id: number;
    readonly kind: Kind;
    readonly arguments: CommandTypes[Kind]["arguments"];
    /** Who asked. */
    readonly actor: string;
  };
}[CommandKind];

/** What came of it. */
export type CommandAnswer =
  | { readonly result: CommandTypes[CommandKind]["result"] }
  | { readonly error: { readonly code: string; readonly message: string } };

/** `open` until somebody takes it, `expired` where nobody did in time. */
export type CommandState = "open" | "taken" | "done" | "failed" | "expired";
