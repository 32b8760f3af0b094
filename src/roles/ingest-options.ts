import type { ChainSource, SourceHealth, SourceOptions, SourceSpec } from "#chain";
import type { Publication } from "#insights";
import type { PriceFile, PricesOptions, SetUp, Writer } from "#ingest";
import type { RoleDeps } from "./role.ts";

export type IngestRoleOptions = RoleDeps & {
  readonly spec: SourceSpec;
  readonly sourceOptions: Omit<SourceOptions, "resumeFrom" | "record">;
  /** Days of the source's clock for which what waits is kept. */
  readonly mempoolRetentionDays: number;
  readonly prices?: RolePrices | undefined;
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
  /** Words new insights of a chain anew. */
  readonly writer?: Writer | undefined;
  /** Absent where no other source can be chosen while it runs. */
  readonly setUp?: SetUp | undefined;
  /** Called once with what the source turned out to be. */
  readonly onOpened: (source: Pick<ChainSource, "kind" | "description">) => void;
  /** Called when fewer blocks are stored than `historyBlocks` asks for; it counts at the first start alone. */
  readonly onShortHistory: (firstStored: number) => void;
  /** Called when the source does worse or better than before. */
  readonly onHealth: (health: SourceHealth) => void;
  /** Called whenever blocks were stored, and at start with what there is to do. */
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

/** What the amounts of blocks are told in, and who hears how far that is known. */
type RolePrices = { readonly file: PriceFile } & Pick<PricesOptions, "onProgress" | "onUnknown">;
