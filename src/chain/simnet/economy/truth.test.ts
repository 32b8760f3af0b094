import { describe, expect, test } from "vitest";
import { displayHex, NETWORKS, subsidyAt } from "#bitcoin";
import { type ReplayedTransaction, UtxoReplay } from "../../../../test/helpers/utxo-replay.ts";
import {
  advance,
  createWorld,
  DENSITIES,
  KINDS,
  type LedgerEntry,
  MINERS,
  namedScripts,
  STAGED_KINDS,
  type StagedKind,
  takeEntries,
  visibleMempool,
} from "./index.ts";
import { targetOf } from "./mining/hash-power.ts";

/** The schedule stages every kind once in 880 blocks; the longest go on for a week. */
const BLOCKS = 2_300;
const DAY = 144;
const ENOUGH_CUSTOMERS = 30;

const hex = (script: Uint8Array) => Buffer.from(script).toString("hex");

type Balances = ReadonlyMap<string, number>;

/** What somebody sees who has a node and an address book, and nothing else. */
class Observer {
  readonly owners = new Map<string, string>();
  /** By height: what the block holds. */
  readonly blocks: ReplayedTransaction[][] = [];
  /** By height: whose tag the coinbase carries. */
  readonly tags: (string | undefined)[] = [];
  readonly balances = new Map<string, number>();
  /** By txid: when it came to the mempool. */
  readonly cameAt = new Map<string, number>();
  #waiting: ReadonlySet<unknown> = new Set();

  watch(waiting: readonly { readonly txid: Uint8Array }[], time: number): void {
    for (const tx of waiting) if (!this.#waiting.has(tx)) this.cameAt.set(displayHex(tx.txid), time);
    this.#waiting = new Set(waiting);
  }

  add(sign: 1 | -1, transactions: readonly ReplayedTransaction[]): void {
    for (const { spends, creates } of transactions) {
      for (const { script, value } of creates) this.#move(script, sign * Number(value));
      for (const { script, value } of spends) this.#move(script, -sign * Number(value));
    }
  }

  #move(script: Uint8Array, value: number): void {
    const owner = this.ownerOf(script);
    if (owner !== undefined) this.balances.set(owner, (this.balances.get(owner) ?? 0) + value);
  }

  ownerOf(script: Uint8Array): string | undefined {
    return this.owners.get(hex(script));
  }
}

function observe() {
  const world = createWorld(42, DENSITIES.demo);
  const observer = new Observer();
  for (const { entity, script } of namedScripts(world.people)) {
    observer.owners.set(hex(script), entity.name);
    observer.balances.set(entity.name, 0);
  }
  const replay = new UtxoReplay(NETWORKS.simnet);
  const daily = new Map<number, Balances>();
  const disconnects: number[] = [];
  while (world.tip.height < BLOCKS || world.race !== undefined) {
    for (const { type, block } of advance(world)) {
      if (type === "disconnect") {
        replay.disconnect(block);
        observer.add(-1, observer.blocks.pop() ?? []);
        observer.tags.pop();
        disconnects.push(block.height);
        continue;
      }
      const transactions = replay.connect(block);
      observer.blocks.push(transactions);
      const start = Buffer.from(block.bytes.subarray(0, 300)).toString("latin1");
      observer.tags.push(MINERS.find(({ tag }) => start.includes(tag))?.name);
      observer.add(1, transactions);
      if (block.height % DAY === 0) daily.set(block.height, new Map(observer.balances));
    }
    observer.watch(visibleMempool(world), world.time);
  }
  return { observer, daily, disconnects, headers: replay.headers, entries: takeEntries(world.ledger) };
}

function ofType<Type extends LedgerEntry["type"]>(entries: readonly LedgerEntry[], type: Type) {
  return entries.filter((entry): entry is Extract<LedgerEntry, { type: Type }> => entry.type === type);
}

describe("the ledger, held against the blocks alone", { timeout: 120_000 }, () => {
  const { observer, daily, disconnects, headers, entries } = observe();
  const events = ofType(entries, "event");

  test("balances: every day, every entity, to the satoshi", () => {
    const balances = ofType(entries, "balances");
    expect(balances.map(({ height }) => height)).toEqual(balances.map((_, day) => day * DAY));
    expect(balances.length).toBe(Math.floor((observer.blocks.length - 1) / DAY) + 1);
    for (const { height, entities } of balances) {
      expect(Object.fromEntries(daily.get(height) ?? [])).toEqual(entities);
    }
  });

  test("balances of all together are what was issued", () => {
    for (const { height, issued, users, entities } of ofType(entries, "balances")) {
      const subsidies = Array.from({ length: height + 1 }, (_, at) => subsidyAt(at, NETWORKS.simnet));
      expect(issued).toBe(subsidies.reduce((sum, subsidy) => sum + subsidy, 0));
      expect(Object.values(entities).reduce((sum, value) => sum + value, users)).toBe(issued);
      expect(users).toBeGreaterThan(0);
    }
  });

  test("reorgs: those that were seen", () => {
    const reorgs = ofType(entries, "reorg");
    expect(reorgs.length).toBeGreaterThan(3);
    expect(
      reorgs.flatMap(({ forkHeight, depth }) => Array.from({ length: depth }, (_, at) => forkHeight + depth - at)),
    ).toEqual(disconnects);
  });

  test("every kind is staged and comes to something", () => {
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(STAGED_KINDS));
    for (const { kind, entity, size, unit, startHeight, endHeight, startTime, endTime, transfers } of events) {
      const spec = KINDS[kind];
      const held = daily.get(Math.floor((startHeight - 1) / DAY) * DAY)?.get(entity ?? "") ?? 0;
      const most = spec.shareOfHeld === undefined ? spec.size[1] : (spec.shareOfHeld[1] * held) / 1e8;
      expect(size).toBeGreaterThan(0);
      expect(unit === "sat" ? size / 1e8 : size).toBeLessThanOrEqual(most);
      if (spec.form === "regime") expect(size).toBeGreaterThanOrEqual(spec.size[0]);
      expect(endHeight).toBeGreaterThanOrEqual(startHeight);
      expect(endTime).toBeGreaterThanOrEqual(startTime);
      expect(transfers.length > 0).toBe(spec.form === "campaign");
    }
  });

  test("transfers are in the blocks, between the parties that the event names", () => {
    for (const { kind, entity, transfers, size, unit, startHeight, endHeight } of events) {
      if (unit === "sat") expect(transfers.reduce((sum, { value }) => sum + value, 0)).toBe(size);
      for (const { height, txid, value, ...parties } of transfers) {
        const tx = observer.blocks[height]?.find((one) => one.txid === txid);
        if (tx === undefined) throw new Error(`${kind}: ${txid} is not in block ${height}`);
        expect(height).toBeGreaterThanOrEqual(startHeight);
        expect(height).toBeLessThanOrEqual(endHeight);
        const payments = tx.creates.filter((output) => Number(output.value) === value);
        expect(payments.length, `${kind} ${txid}`).toBeGreaterThan(0);
        const from = tx.spends.map(({ script }) => observer.ownerOf(script));
        const to = payments.map(({ script }) => observer.ownerOf(script));
        expect(new Set(from).size, `${kind} of ${entity}, ${txid}, spends from ${from.join(", ")}`).toBe(1);
        expect(parties.from).toBe(from[0] ?? null);
        expect(to.map((name) => name ?? null)).toContain(parties.to);
        if (FROM_ENTITY.has(kind)) expect(from[0]).toBe(entity);
        if (TO_ENTITY.has(kind)) expect(to).toContain(entity);
        if (kind !== "in-house-shuffle" && kind !== "dormant-coins")
          expect(to.some((name) => name !== from[0])).toBe(true);
      }
    }
  });

  test("a shuffle moves nothing but its fee from its exchange", () => {
    const shuffles = events.filter(({ kind }) => kind === "in-house-shuffle").flatMap(({ transfers }) => transfers);
    expect(shuffles.length).toBeGreaterThan(0);
    for (const { height, txid } of shuffles) {
      const tx = observer.blocks[height]?.find((one) => one.txid === txid);
      const owners = [...(tx?.spends ?? []), ...(tx?.creates ?? [])].map(({ script }) => observer.ownerOf(script));
      expect(new Set(owners).size).toBe(1);
      expect(owners[0]).toBeDefined();
    }
  });

  test("dormant coins are those of block 0, and return to scripts that nobody has seen", () => {
    const transfers = events.filter(({ kind }) => kind === "dormant-coins").flatMap((event) => event.transfers);
    for (const { height, txid } of transfers) {
      const tx = observer.blocks[height]?.find((one) => one.txid === txid);
      expect(tx?.spends.map((coin) => coin.height)).toEqual(tx?.spends.map(() => 0));
    }
  });

  test("a forged block carries the tag of another pool than the one that it pays", () => {
    const forgeries = events.filter(({ kind }) => kind === "tag-forgery");
    expect(forgeries.length).toBeGreaterThan(0);
    for (const { startHeight, endHeight, entity } of forgeries) {
      expect(startHeight).toBe(endHeight);
      const paid = observer.blocks[startHeight]?.[0]?.creates[0];
      expect(paid && observer.ownerOf(paid.script)).toBe(entity);
      expect(observer.tags[startHeight]).toBeDefined();
      expect(observer.tags[startHeight]).not.toBe(entity);
    }
    const heights = new Set(forgeries.map(({ startHeight }) => startHeight));
    const others = observer.blocks.slice(1).flatMap(([coinbase], at) => {
      const paid = coinbase?.creates[0];
      return heights.has(at + 1) ? [] : [[paid && observer.ownerOf(paid.script), observer.tags[at + 1]]];
    });
    expect(others.filter(([payee, tag]) => payee !== tag)).toEqual([]);
  });

  /** Of all that came to the mempool within that time, per second; only what `isOne` of what was mined since. */
  const rateOf = ({ from, to }: Span, came: readonly number[]) =>
    came.filter((time) => time >= from && time < to).length / (to - from);
  const allCame = [...observer.cameAt.values()];
  const cameOf = (isOne: (tx: ReplayedTransaction) => boolean) =>
    observer.blocks.flatMap((transactions) =>
      transactions.flatMap((tx) => (isOne(tx) ? (observer.cameAt.get(tx.txid) ?? []) : [])),
    );

  /** What comes while an event goes on, by what came in eight hours before. */
  const riseOf = ({ from, to }: Span, came: readonly number[]) =>
    rateOf({ from, to }, came) / rateOf({ from: from - 8 * 3_600, to: from }, came);

  test("a fee spike is so many times the wishes, most of which are sent", () => {
    const spikes = events.filter(({ kind }) => kind === "fee-spike");
    expect(spikes.length).toBeGreaterThan(1);
    for (const { size, startTime, endTime } of spikes) {
      const rise = riseOf({ from: startTime, to: endTime }, allCame);
      expect(Math.abs(Math.log2(rise / size)), `${rise} of ${size}`).toBeLessThan(0.6);
    }
  });

  test("in a flush little comes", () => {
    const flushes = events.filter(({ kind }) => kind === "mempool-flush");
    expect(flushes.length).toBeGreaterThan(1);
    for (const { size, startTime, endTime } of flushes) {
      // Firms go on; and what moved little before cannot fall far.
      expect(riseOf({ from: startTime, to: endTime }, allCame)).toBeLessThan(4 * size);
    }
  });

  test("in a wave more of its kind comes than usual", () => {
    const whole = { from: headers[100]?.time ?? 0, to: headers.at(-1)?.time ?? 0 };
    const waves = events.filter(({ kind }) => WAVES[kind] !== undefined);
    expect(new Set(waves.map(({ kind }) => kind)).size).toBe(3);
    for (const { kind, startTime, endTime } of waves) {
      const came = cameOf((tx) => WAVES[kind]?.(tx, observer) === true);
      const times = rateOf({ from: startTime, to: endTime }, came) / rateOf(whole, came);
      expect(times, `${kind}, of ${came.length}`).toBeGreaterThan(2);
    }
  });

  test("in a drop of the hash rate blocks come as much more slowly as it says", () => {
    for (const { kind, size, startHeight, endHeight } of events) {
      if (kind !== "hash-rate-drop") continue;
      const before = hashRateOf(headers, startHeight - 288, startHeight - 1);
      const times = hashRateOf(headers, startHeight, endHeight) / before;
      // By chance alone a tenth.
      expect(Math.abs(Math.log2(times / size)), `${times} of ${size}`).toBeLessThan(0.35);
    }
  });

  describe("excursions that nobody staged", () => {
    const excursions = ofType(entries, "excursion");
    const drops = events.filter(({ kind }) => kind === "hash-rate-drop");

    test("of demand show in what comes, unless high fees keep off whoever wants", () => {
      // Where miners switched off not long ago the queue is long: there more wishes are not more transactions.
      const free = excursions.filter(({ state, startHeight, endHeight }) => {
        const isCrowded = drops.some((drop) => drop.startHeight <= endHeight && startHeight <= drop.endHeight + DAY);
        return state === "demand" && !isCrowded;
      });
      expect(free.length).toBeGreaterThan(2);
      for (const { startHeight, endHeight, peak } of free) {
        const during = { from: headers[startHeight - 1]?.time ?? 0, to: headers[endHeight]?.time ?? 0 };
        expect(Math.sign(Math.log2(riseOf(during, allCame)))).toBe(Math.sign(peak));
      }
    });

    test("of the hash rate show in how fast blocks are found", () => {
      const usual = hashRateOf(headers, 1, headers.length - 1);
      const found = excursions.filter(({ state }) => state === "hash rate");
      expect(found.length).toBeGreaterThan(0);
      for (const { startHeight, endHeight, peak } of found) {
        expect(hashRateOf(headers, startHeight, endHeight) > usual).toBe(peak > 0);
      }
    });

    test("of an exchange's customers show in who sends to it and who gets from it", () => {
      const moves = customerMoves(observer);
      let told = 0;
      for (const { state, entity, startHeight, endHeight, peak } of excursions) {
        const its = moves.filter(({ exchange }) => exchange === entity);
        const during = its.filter(({ height }) => height >= startHeight && height <= endHeight);
        // A handful of customers tells nothing.
        if (state !== "leaning" || during.length < ENOUGH_CUSTOMERS) continue;
        told += 1;
        expect(depositShare(during) > depositShare(its), `${entity}, ${during.length}`).toBe(peak > 0);
      }
      expect(told).toBeGreaterThan(5);
    });

    test("end after they began, and are as far as they say", () => {
      for (const { startHeight, endHeight, peak } of excursions) {
        expect(endHeight).toBeGreaterThan(startHeight);
        expect(Math.abs(peak)).toBeGreaterThan(0.25);
      }
    });
  });
});

const FROM_ENTITY = new Set([
  "outflow-spike",
  "outflow-streak",
  "in-house-shuffle",
  "whale-distribution",
  "treasury-sale",
]);
const TO_ENTITY = new Set(["inflow-spike", "in-house-shuffle", "whale-accumulation", "very-large-transfer"]);

type Span = { readonly from: number; readonly to: number };

const isUser = (coin: { readonly script: Uint8Array } | undefined, observer: Observer) =>
  coin !== undefined && observer.ownerOf(coin.script) === undefined;

/** What a wave consists of, as a node sees it. */
const WAVES: Readonly<Partial<Record<StagedKind, (tx: ReplayedTransaction, observer: Observer) => boolean>>> = {
  "inscription-wave": ({ spends, creates }) =>
    spends.length === 1 && creates.length === 1 && creates[0]?.value === 546n,
  "consolidation-wave": ({ spends, creates }, observer) =>
    spends.length >= 5 && creates.length === 1 && isUser(spends[0], observer) && isUser(creates[0], observer),
  "coinjoin-wave": ({ spends, creates }) => {
    const values = creates.map(({ value }) => value);
    return spends.length >= 5 && values.filter((value) => value === values[0]).length >= 5;
  },
};

/** Blocks a second, at the difficulty of block 0. */
function hashRateOf(headers: UtxoReplay["headers"], from: number, to: number): number {
  const work = headers
    .slice(from, to + 1)
    .reduce((sum, { bits }) => sum + targetOf(headers[0]?.bits ?? 0) / targetOf(bits), 0);
  return work / ((headers[to]?.time ?? 0) - (headers[from - 1]?.time ?? 0));
}

type CustomerMove = { readonly height: number; readonly exchange: string | undefined; readonly isDeposit: boolean };

/** Transactions between users and whoever has a name. */
function customerMoves(observer: Observer): CustomerMove[] {
  return observer.blocks.flatMap((transactions, height) =>
    transactions.flatMap(({ spends: [first], creates }): CustomerMove[] => {
      if (first === undefined) return [];
      const from = observer.ownerOf(first.script);
      if (from !== undefined) return isUser(creates[0], observer) ? [{ height, exchange: from, isDeposit: false }] : [];
      const names = new Set(creates.map(({ script }) => observer.ownerOf(script)));
      return [...names].map((exchange) => ({ height, exchange, isDeposit: true }));
    }),
  );
}

function depositShare(moves: readonly CustomerMove[]): number {
  return moves.filter(({ isDeposit }) => isDeposit).length / moves.length;
}
