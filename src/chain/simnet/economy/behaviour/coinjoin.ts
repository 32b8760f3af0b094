import { COIN } from "#bitcoin";
import { type Coin, freshScript, takeCoin, type Wallet } from "../people/wallet.ts";
import { giveBack, SMALLEST_OUTPUT } from "../transactions/funding.ts";
import { send } from "../transactions/send.ts";
import { outputWeight } from "../transactions/signing.ts";
import { type Payment, payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";

/** What each participant gets equal outputs of, as many as their coin has room for. */
const AMOUNTS = [COIN / 2_000, COIN / 500, COIN / 100] as const;
const EQUAL = { least: 3, most: 6 } as const;
const LOOK_AT = 40;

type Participant = { readonly wallet: Wallet; readonly coin: Coin };

/** Several users put a coin each into one transaction and take out equal amounts, so that nobody sees whose is whose. */
export function joinCoins(world: World, offer: Offer): boolean {
  const { random } = world;
  const amount = random.pick(AMOUNTS);
  const fee = Math.ceil(((300 + (EQUAL.most + 1) * outputWeight("p2tr")) * offer.feeRate) / 4);
  const found = findParticipants(world, EQUAL.least * amount + fee + SMALLEST_OUTPUT, random.between(5, 20));
  if (found.length < 5) {
    for (const { wallet, coin } of found) giveBack(wallet, [coin]);
    return false;
  }
  const equal: Payment[] = [];
  const rest: Payment[] = [];
  for (const { wallet, coin } of found) {
    const count = Math.min(EQUAL.most, Math.floor((coin.value - fee - SMALLEST_OUTPUT) / amount));
    for (let left = count; left > 0; left -= 1) equal.push(payTo(wallet, freshScript(wallet), amount));
    rest.push(payTo(wallet, freshScript(wallet), coin.value - count * amount - fee));
  }
  send(world, { inputs: found.map(({ coin }) => coin), outputs: [...equal, ...rest], changeIndex: -1 }, offer);
  return true;
}

function findParticipants({ people, random }: World, least: number, wanted: number): Participant[] {
  const found: Participant[] = [];
  for (let looked = 0; looked < LOOK_AT && found.length < wanted; looked += 1) {
    const wallet = random.pick(people.users);
    const position = wallet.coins.findIndex(({ value }) => value >= least && value < 20 * least);
    const taken = found.some((participant) => participant.wallet === wallet);
    if (position >= 0 && !taken) found.push({ wallet, coin: takeCoin(wallet, position) });
  }
  return found;
}
