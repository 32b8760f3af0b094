/** What can be asked, with what is answered. Both are kept as JSON. */
export type CommandTypes = {
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
