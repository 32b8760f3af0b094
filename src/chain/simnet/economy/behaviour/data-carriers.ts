import { drawAround } from "../chance/octaves.ts";
import { freshScript, inscriptionScript, takeChange } from "../people/wallet.ts";
import { fundPayments } from "../transactions/funding.ts";
import { send } from "../transactions/send.ts";
import { weightOf } from "../transactions/signing.ts";
import { payNobody, payTo } from "../transactions/transaction-draft.ts";
import type { World } from "../world.ts";
import type { Offer } from "./offer.ts";
import { spend } from "./payments.ts";

/** What is left to a coin that stands for something else. */
const MARKER = 546;

const CONTENT = { usual: 1_500, octaves: 2, most: 60_000 } as const;
/** Of a block's weight: what does not fit into a small block would wait for ever. */
const MOST_OF_BLOCK = 1 / 5;

/** Pays to a script that promises the content, and spends from there to show it: two transactions, one after another. */
export function inscribe(world: World, offer: Offer): boolean {
  const { people, random, density } = world;
  const user = random.pick(people.users);
  const most = Math.min(CONTENT.most, Math.floor(density.blockWeight * MOST_OF_BLOCK));
  const contentSize = Math.max(20, Math.min(drawAround(random, CONTENT.usual, CONTENT.octaves), most));
  const script = inscriptionScript(user, contentSize);
  const marker = payTo(user, freshScript(user), MARKER);
  const shape = { outputIndex: 0, value: 0, walletId: user.id, height: -1, parent: undefined, taken: false, script };
  const fee = Math.ceil((weightOf([{ ...shape, txid: script.pubKey }], [marker]) * offer.feeRate) / 4);
  const draft = fundPayments({
    wallet: user,
    payments: [payTo(user, script, MARKER + fee)],
    feeRate: offer.feeRate,
    pick: (coins) => random.below(coins.length),
    changeScript: () => freshScript(user),
  });
  if (draft === undefined) return false;
  const promise = send(world, draft, offer).outputs[0];
  if (promise === undefined) return false;
  takeChange(user, promise);
  send(world, { inputs: [promise], outputs: [marker], changeIndex: -1 }, offer);
  return true;
}

/** A user moves coins that stand for something else, with a note to say what. */
export function carryData(world: World, offer: Offer): boolean {
  const { people, random } = world;
  const user = random.pick(people.users);
  const note = payNobody(random.bytes(random.between(16, 60)));
  const markers = random.chance(0.7) ? [payTo(user, freshScript(user), MARKER)] : [];
  return spend(world, offer, user, [note, ...markers]);
}
