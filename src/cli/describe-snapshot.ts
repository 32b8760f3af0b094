import type { balances } from "#store";

/** A label and what stands behind it. */
type Line = readonly [label: string, text: string];

type Balances = {
  readonly entities: readonly balances.EntityBalance[];
  readonly scripts: readonly balances.ScriptBalance[];
};

/** So many of the largest are told one by one. */
const LARGEST = 20;

/** What `bitcoin-cli gettxoutsetinfo` says of the same set, under its names. */
export function describeSnapshot(snapshot: balances.UtxoSnapshot): Line[] {
  const { baseHash, coins, transactions, total, bogosize, hash } = snapshot;
  return [
    ["Base block", `${baseHash}, ${describeHeight(snapshot)}`],
    ["Totals", `txouts ${coins}, transactions ${transactions}, total_amount ${btc(total)}, bogosize ${bogosize}`],
    ["Set hash", hash === null ? "not known: outputs stand in another order" : `hash_serialized_3 ${hash}`],
  ];
}

function describeHeight({ height, maxCoinHeight }: balances.UtxoSnapshot): string {
  return height === null ? `at a height that the file does not tell: ${maxCoinHeight} or above` : `height ${height}`;
}

const NO_ENTITIES = "none: no label names an owner here; after labels import, import the snapshot again";

export function describeBalances({ entities, scripts }: Balances, { each = false } = {}): Line[] {
  return [
    ["Entities", entities.length === 0 ? NO_ENTITIES : `${entities.length} labelled, ${sumOf(entities)}`],
    ...(each ? listed(entities, ({ actor, kind }) => `${actor} (${kind})`) : []),
    ["Scripts", `${scripts.length} with 1,000 BTC and more, ${sumOf(scripts)}`],
    ...(each ? listed(scripts, nameOf) : []),
  ];
}

type Balance = { readonly sats: number; readonly coins: number };

function listed<T extends Balance>(balances: readonly T[], name: (balance: T) => string): Line[] {
  const lines = balances.slice(0, LARGEST).map((balance): Line => {
    const { sats, coins } = balance;
    return ["", `${btc(sats)} BTC in ${coins} ${coins === 1 ? "coin" : "coins"}: ${name(balance)}`];
  });
  const more = balances.length - LARGEST;
  return more > 0 ? [...lines, ["", `and ${more} more; --json has them all`]] : lines;
}

function nameOf({ address, script, entity }: balances.ScriptBalance): string {
  const place = address ?? `script ${Buffer.from(script).toString("hex")}`;
  return entity === null ? place : `${place}, ${entity.actor} (${entity.kind})`;
}

function sumOf(balances: readonly Balance[]): string {
  return `${btc(balances.reduce((sum, { sats }) => sum + sats, 0))} BTC`;
}

/** All digits, as Core writes them. */
function btc(sats: number): string {
  return `${Math.floor(sats / 100_000_000)}.${String(sats % 100_000_000).padStart(8, "0")}`;
}
