import { ENTITIES, type EntityKind } from "./entities.ts";
import { Wallet } from "./wallet.ts";

export type Exchange = { readonly hot: Wallet; readonly deposits: Wallet };

/** Every wallet of the simulation, and the same wallets by who holds them. */
export type Population = {
  /** By wallet id. */
  readonly wallets: readonly Wallet[];
  /** In the order of MINERS. */
  readonly pools: readonly Wallet[];
  readonly exchanges: readonly Exchange[];
  readonly whales: readonly Wallet[];
  readonly users: readonly Wallet[];
};

export function createPopulation(seed: number): Population {
  const wallets = ENTITIES.map((entity) => new Wallet(seed, entity));
  const of = (kind: EntityKind) => wallets.filter((wallet) => wallet.entity.kind === kind);
  const deposits = of("exchange-deposits");
  const exchanges = of("exchange").flatMap((hot, index) => {
    const own = deposits[index];
    return own === undefined ? [] : [{ hot, deposits: own }];
  });
  return { wallets, pools: of("pool"), exchanges, whales: of("whale"), users: of("user") };
}

/** Few scripts, used over and over, as the hot wallets of real exchanges do. */
const HOT_SCRIPTS = 3;

export function hotScriptOf(exchange: Exchange, choice: number) {
  return exchange.hot.reusedScript(choice % HOT_SCRIPTS);
}

/** Every customer has a deposit address of their own at each exchange. */
export function depositScriptOf(exchange: Exchange, customer: Wallet) {
  return exchange.deposits.reusedScript(customer.entity.walletId);
}
