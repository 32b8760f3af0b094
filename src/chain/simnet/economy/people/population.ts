import { type Density } from "../density.ts";
import {
  CUSTODIANS,
  type Entity,
  EXCHANGE_SCRIPTS,
  EXCHANGES,
  MERCHANTS,
  MINERS,
  USER_SCRIPTS,
  whaleName,
  WHALES,
} from "./entities.ts";
import type { ScriptKind, SimScript } from "./sim-script.ts";
import { createWallet, reusedScript, type Wallet } from "./wallet.ts";

export type Exchange = {
  readonly name: string;
  readonly share: number;
  readonly hot: Wallet;
  readonly cold: Wallet;
  /** What customers have sent and is not gathered yet. */
  readonly deposits: Wallet;
};

/** Every wallet of the simulation, and the same wallets by who holds them. */
export type Population = {
  /** By wallet id. */
  readonly wallets: readonly Wallet[];
  /** By wallet id; `undefined` for those of users. */
  readonly owners: readonly (Entity | undefined)[];
  /** In the order of MINERS. */
  readonly pools: readonly Wallet[];
  readonly exchanges: readonly Exchange[];
  readonly custodians: readonly Wallet[];
  readonly merchants: readonly Wallet[];
  readonly whales: readonly Wallet[];
  readonly users: readonly Wallet[];
  /** Coins that nobody has touched since block 0, until an event wakes them. */
  readonly sleepers: Wallet;
};

export function createPopulation(seed: number, { users }: Density): Population {
  const wallets: Wallet[] = [];
  const owners: (Entity | undefined)[] = [];
  const open = (owner: Entity | undefined, scriptKind: ScriptKind): Wallet => {
    const wallet = createWallet(seed, wallets.length, scriptKind);
    wallets.push(wallet);
    owners.push(owner);
    return wallet;
  };
  const named = (kind: Entity["kind"], scriptKind: ScriptKind) => (name: string) => open({ name, kind }, scriptKind);
  return {
    wallets,
    owners,
    pools: MINERS.map(({ name }) => name).map(named("pool", "p2wpkh")),
    exchanges: EXCHANGES.map(({ name, share }, index) => {
      const owner: Entity = { name, kind: "exchange" };
      const scripts = EXCHANGE_SCRIPTS[index] ?? "p2wpkh";
      return { name, share, hot: open(owner, scripts), cold: open(owner, "p2wsh"), deposits: open(owner, scripts) };
    }),
    custodians: CUSTODIANS.map(named("custodian", "p2wsh")),
    merchants: MERCHANTS.map(named("merchant", "p2wpkh")),
    whales: Array.from({ length: WHALES }, (_, index) => whaleName(index)).map(named("whale", "p2tr")),
    sleepers: open(undefined, "p2pkh"),
    users: Array.from({ length: users }, (_, index) => open(undefined, USER_SCRIPTS[(index * 7) % 10] ?? "p2wpkh")),
  };
}

/** How many scripts the named wallets use over and over, so that they can be known beforehand. */
const KEPT_SCRIPTS = { hot: 3, cold: 4, pool: 2, custodian: 8, merchant: 20, whale: 8 } as const;

export function hotScriptOf({ hot }: Exchange, choice: number): SimScript {
  return reusedScript(hot, choice % KEPT_SCRIPTS.hot);
}

export function coldScriptOf({ cold }: Exchange, choice: number): SimScript {
  return reusedScript(cold, choice % KEPT_SCRIPTS.cold);
}

/** Every customer has a deposit address of their own at each exchange. */
export function depositScriptOf({ deposits }: Exchange, customer: Wallet): SimScript {
  return reusedScript(deposits, customer.id);
}

/** One of the scripts of a named wallet that is no exchange's. */
export function keptScriptOf(
  kind: "pool" | "custodian" | "merchant" | "whale",
  wallet: Wallet,
  choice: number,
): SimScript {
  return reusedScript(wallet, choice % KEPT_SCRIPTS[kind]);
}

/** Every script whose owner has a name: what an address book of the simulation holds. */
export function* namedScripts(people: Population): Generator<{ readonly entity: Entity; readonly script: Uint8Array }> {
  for (const exchange of people.exchanges) {
    const entity: Entity = { name: exchange.name, kind: "exchange" };
    for (let key = 0; key < KEPT_SCRIPTS.hot; key += 1) yield { entity, script: hotScriptOf(exchange, key).output };
    for (let key = 0; key < KEPT_SCRIPTS.cold; key += 1) yield { entity, script: coldScriptOf(exchange, key).output };
    for (const customer of people.wallets) yield { entity, script: depositScriptOf(exchange, customer).output };
  }
  for (const [walletId, entity] of people.owners.entries()) {
    const wallet = people.wallets[walletId];
    if (wallet === undefined || entity === undefined || entity.kind === "exchange") continue;
    for (let key = 0; key < KEPT_SCRIPTS[entity.kind]; key += 1) {
      yield { entity, script: keptScriptOf(entity.kind, wallet, key).output };
    }
  }
}
