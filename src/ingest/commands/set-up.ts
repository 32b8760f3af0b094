import type { NetworkName } from "#bitcoin";
import { describeSpec, parseSourceSpec, type TriedSource, trySource } from "#chain";
import { type commands, type Database, findChain, getTip, settings } from "#store";
import { otherChain, sealedElsewhere, sourceFixed, startHeightOutside, startHeightUnknown } from "./errors.ts";
import { withinTime } from "./within-time.ts";

/** Longer than this nobody waits who looks at the page. */
const TRY_MS = 8_000;

/** What choosing a source takes beside the database. */
export type SetUp = {
  /** Opens what the api has sealed; `undefined` where it was with another key. */
  readonly unseal: (sealed: string) => string | undefined;
  /** Whether a flag or a variable of this process names its source: that counts before any choice. */
  readonly sourceSaid: boolean;
  /** Whether the blocks of another network may go into a data directory of their own. */
  readonly mayLeaveDatabase: boolean;
  readonly ofDirectory: NetworkName;
  readonly requestsPerSecond: number;
  /** Begins anew with what was chosen, once whoever chose it has its answer. */
  readonly onChosen: () => void;
};

type Asked<Kind extends commands.CommandKind> = commands.CommandTypes[Kind];
type Deps = { readonly db: Database; readonly setUp: SetUp; readonly signal: AbortSignal };

/** Whether blocks can be read from there. */
export async function testSource(
  deps: Deps,
  { sealedSource }: Asked<"source.test">["arguments"],
): Promise<Asked<"source.test">["result"]> {
  const { text, tried } = await tryOut(deps, sealedSource);
  return present(text, tried, await fits(deps.db, tried));
}

/** Stores the choice; who asked has to be answered before `onChosen` is called. */
export async function useSource(
  deps: Deps,
  { sealedSource, startHeight: asked }: Asked<"source.use">["arguments"],
  actor: string,
): Promise<Asked<"source.use">["result"]> {
  const { db, setUp } = deps;
  if (setUp.sourceSaid) throw sourceFixed();
  const { text, tried } = await tryOut(deps, sealedSource);
  const fitting = await fits(db, tried);
  const held = await findChain(db);
  const leaves = fitting === false;
  // Another chain of the same network would go into the same data directory.
  if (leaves && (!setUp.mayLeaveDatabase || held?.network === tried.network.name))
    throw otherChain(held?.network ?? "another chain", tried.network.name);
  const counts = leaves || (await getTip(db)) === undefined;
  const startHeight = counts ? asked : null;
  const historyBlocks = startHeight === null ? null : historyFrom(startHeight, tried);
  await settings.saveSettings(
    db,
    [
      { name: "source", value: sealedSource, sealed: true },
      { name: "historyBlocks", value: historyBlocks === null ? null : String(historyBlocks), sealed: false },
      { name: "sourceShown", value: describeSpec(parseSourceSpec(text)), sealed: false },
    ],
    { by: actor },
  );
  return { ...present(text, tried, fitting), startHeight };
}

async function tryOut({ setUp, signal }: Deps, sealed: string): Promise<{ text: string; tried: TriedSource }> {
  const text = setUp.unseal(sealed);
  if (text === undefined) throw sealedElsewhere();
  const spec = parseSourceSpec(text);
  return { text, tried: await withinTime(TRY_MS, signal, (untilLate) => trySource(spec, setUp, untilLate)) };
}

/** `null` where no chain is stored yet. */
async function fits(db: Database, { network, chainId }: TriedSource): Promise<boolean | null> {
  const held = await findChain(db);
  return held === undefined ? null : held.network === network.name && held.chainId === chainId;
}

function present(text: string, tried: TriedSource, fitting: boolean | null): commands.TriedSource {
  const { description, network, tipHeight, lowestHeight } = tried;
  const source = describeSpec(parseSourceSpec(text));
  return {
    source,
    description,
    network: network.name,
    simulated: network.simulated,
    tipHeight,
    lowestHeight,
    fits: fitting,
  };
}

/** Blocks up to the tip. */
function historyFrom(startHeight: number, { tipHeight, lowestHeight, description }: TriedSource): number {
  if (tipHeight === null) throw startHeightUnknown(description);
  const lowest = lowestHeight ?? 0;
  if (startHeight < lowest || startHeight > tipHeight) throw startHeightOutside(startHeight, lowest, tipHeight);
  return tipHeight - startHeight + 1;
}
