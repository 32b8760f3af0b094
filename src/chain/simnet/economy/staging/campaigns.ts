import { drawBid } from "../demand/fee-market.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import { CUSTODIANS } from "../people/entities.ts";
import { coldScriptOf, depositScriptOf, type Exchange, hotScriptOf, keptScriptOf } from "../people/population.ts";
import { isMature } from "../people/maturity.ts";
import { type Coin, freshScript, type Wallet } from "../people/wallet.ts";
import { fundLarge, type LargePayment, positionOfLeast, positionOfOldest } from "../transactions/funding.ts";
import { send } from "../transactions/send.ts";
import { type Payment, payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import { KINDS } from "./kinds.ts";
import { LEAST_HELD, payersOf, spendableOf } from "./payers.ts";
import type { StagedEvent } from "./staged-event.ts";

/** Sends what is due of every campaign that goes on. */
export function continueCampaigns(world: World): void {
  for (const event of world.staging.running) {
    if (KINDS[event.kind].form !== "campaign") continue;
    while (event.done < event.transfersMeant && event.done <= dueOf(world, event)) sendNext(world, event);
  }
}

/** How many transfers should be out by now: spread evenly over the blocks that it lasts. */
function dueOf({ tip, time, nextBlockAt }: World, { startHeight, untilHeight, transfersMeant }: StagedEvent): number {
  const blocks = Math.max(1, untilHeight - startHeight + 1);
  const withinBlock = nextBlockAt - time < 300 ? 0.5 : 0;
  return ((tip.height + 1 - startHeight + withinBlock) / blocks) * transfersMeant;
}

function sendNext(world: World, event: StagedEvent): void {
  const { random } = world;
  const remaining = event.transfersMeant - event.done;
  const value = remaining === 1 ? event.left : Math.floor((event.left / remaining) * (0.6 + 0.8 * random.unit()));
  event.done += 1;
  const transfer = value > 0 ? planTransfer(world, event, value) : undefined;
  if (transfer === undefined) return;
  const tx = sendTransfer(world, transfer, event.id);
  if (tx === undefined) return;
  event.left -= value;
  const { from, payment } = transfer;
  event.moving.set(tx, { value, from: nameOf(world, from), to: nameOf(world, payment.receiver?.wallet) });
}

function nameOf({ people }: World, wallet: Wallet | undefined): string | null {
  return (wallet && people.owners[wallet.id]?.name) ?? null;
}

/** Who pays whom; undefined where nobody has so much. */
function planTransfer(world: World, event: StagedEvent, value: number): LargePayment | undefined {
  const { people, random } = world;
  const exchange = people.exchanges.find(({ name }) => name === event.entity);
  const whale = people.whales.find(({ id }) => people.owners[id]?.name === event.entity);
  const payers = payersOf(world, event.kind, event.entity);
  switch (event.kind) {
    case "inflow-spike": {
      const from = richOne(payers, value, world);
      return from && exchange && { from, payment: payTo(exchange.deposits, depositScriptOf(exchange, from), value) };
    }
    case "outflow-spike":
    case "outflow-streak": {
      const from = richOne(payers, value, world);
      return from && { from, payment: toWhaleOrCustodian(world, value) };
    }
    case "in-house-shuffle":
      return exchange && shuffle(world, exchange, value);
    case "whale-accumulation": {
      const from = richOne(payers, value, world);
      return from && whale && { from, payment: toWhale(whale, value, random.below(8)) };
    }
    case "whale-distribution": {
      const at = random.pick(people.exchanges);
      return whale && { from: whale, payment: payTo(at.deposits, depositScriptOf(at, whale), value) };
    }
    case "very-large-transfer": {
      const from = richOne(payers, value, world);
      return from && whale && { from, payment: toWhale(whale, value, random.below(8)) };
    }
    case "dormant-coins":
      return {
        from: people.sleepers,
        payment: payTo(people.sleepers, freshScript(people.sleepers), value),
        pick: positionOfOldest,
      };
    case "treasury-sale": {
      const at = random.pick(people.exchanges);
      const [pool] = payers;
      return pool && sale(world, pool, payTo(at.deposits, depositScriptOf(at, pool), value));
    }
    default:
      return undefined;
  }
}

function sendTransfer(world: World, transfer: LargePayment, eventId: number): WaitingTransaction | undefined {
  const bid = drawBid(world.market, 0, { haste: 1.8, worth: 20 }, world.random);
  const draft = bid && fundLarge(transfer, bid.feeRate);
  return draft && send(world, draft, { ...bid, eventId });
}

/** Spends no coinbase before its time. */
function sale(world: World, pool: Wallet, payment: Payment): LargePayment | undefined {
  const rankOf = (coin: Coin) => (isMature(coin, world.tip.height) ? -coin.value : 1);
  const pick = (coins: readonly Coin[]) => positionOfLeast(coins, rankOf);
  return spendableOf(world, pool) > payment.value * 1.05 ? { from: pool, payment, pick } : undefined;
}

function shuffle({ random }: World, exchange: Exchange, value: number): LargePayment | undefined {
  const from = exchange.cold.balance > value ? exchange.cold : exchange.hot;
  const script = random.chance(0.5) ? coldScriptOf(exchange, random.below(4)) : hotScriptOf(exchange, random.below(3));
  const isCold = script.kind === "p2wsh";
  return from.balance > value
    ? { from, payment: payTo(isCold ? exchange.cold : exchange.hot, script, value) }
    : undefined;
}

function toWhale(whale: Wallet, value: number, choice: number): Payment {
  return payTo(whale, keptScriptOf("whale", whale, choice), value);
}

function toWhaleOrCustodian({ people, random }: World, value: number): Payment {
  const [custodian] = people.custodians;
  if (custodian === undefined || random.chance(0.7)) return toWhale(random.pick(people.whales), value, random.below(8));
  return payTo(custodian, keptScriptOf("custodian", custodian, random.below(CUSTODIANS.length * 8)), value);
}

/** Somebody who has enough and more. */
function richOne(wallets: readonly Wallet[], value: number, { random }: World): Wallet | undefined {
  const able = wallets.filter(({ balance }) => balance > value * LEAST_HELD);
  return able.length === 0 ? undefined : random.pick(able);
}
