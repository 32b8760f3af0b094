import type { SignalKind } from "#signals";

/** What is publicly known to have happened, and which kinds may tell of it. */
export type KnownEvent = {
  /** First day on which a signal may be of it, and the last: spans of several days see it a while. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly kinds: readonly SignalKind[];
};

const FLOWS = ["inflow-spike", "outflow-spike"] as const;
const FEES = ["fee-spike"] as const;

/** Put together by hand, from what is generally known, partly with the dates at hand: no measure of precision. */
export const KNOWN_EVENTS: readonly KnownEvent[] = [
  { from: "2014-08-14", to: "2014-08-22", what: "the price falls by a fifth in ten days", kinds: FLOWS },
  { from: "2014-09-23", to: "2014-09-28", what: "PayPal announces that merchants may take bitcoin", kinds: FLOWS },
  {
    from: "2014-10-03",
    to: "2014-10-09",
    what: "the price falls to 300 dollars; 30,000 BTC are put up for sale on one exchange",
    kinds: FLOWS,
  },
  {
    from: "2014-11-12",
    to: "2014-11-18",
    what: "the price rises by nearly a fifth in a day and falls again",
    kinds: FLOWS,
  },
  {
    from: "2015-01-13",
    to: "2015-01-18",
    what: "the price falls by two fifths in two weeks, to below 200 dollars",
    kinds: FLOWS,
  },
  { from: "2015-10-26", to: "2015-11-10", what: "the price rises by half until 4 November", kinds: FLOWS },
  {
    from: "2017-07-27",
    to: "2017-08-03",
    what: "Bitcoin Cash splits off on 1 August: who wants both coins withdraws before",
    kinds: FLOWS,
  },
  {
    from: "2017-11-10",
    to: "2017-11-16",
    what: "SegWit2x is called off, miners leave for Bitcoin Cash, blocks come slowly",
    kinds: FEES,
  },
  {
    from: "2017-12-18",
    to: "2018-01-02",
    what: "the height of the bull market, with the highest fees in coins until then",
    kinds: FEES,
  },
  { from: "2018-06-17", to: "2018-06-22", what: "the theft at Bithumb", kinds: FEES },
  {
    from: "2018-11-15",
    to: "2018-11-30",
    what: "the price falls by a third after Bitcoin SV splits off Bitcoin Cash",
    kinds: [...FLOWS, ...FEES],
  },
  {
    from: "2019-04-02",
    to: "2019-04-06",
    what: "the price rises by nearly a fifth in a day",
    kinds: [...FLOWS, ...FEES],
  },
  {
    from: "2019-06-16",
    to: "2019-06-30",
    what: "the price rises by more than half in three weeks; Libra is announced on 18 June",
    kinds: FLOWS,
  },
  { from: "2020-03-12", to: "2020-03-24", what: "the crash of 12 March", kinds: [...FLOWS, ...FEES] },
  {
    from: "2020-04-29",
    to: "2020-05-05",
    what: "the price rises by a quarter in a week before the halving",
    kinds: FEES,
  },
  {
    from: "2020-05-11",
    to: "2020-06-02",
    what: "the halving of 11 May: hash rate leaves, blocks come slowly",
    kinds: FEES,
  },
  { from: "2021-05-17", to: "2021-05-28", what: "the crash of 19 May", kinds: FLOWS },
  { from: "2022-05-09", to: "2022-05-20", what: "the collapse of Terra", kinds: FLOWS },
  { from: "2022-06-13", to: "2022-06-24", what: "Celsius stops withdrawals, Three Arrows Capital fails", kinds: FLOWS },
  { from: "2022-11-07", to: "2022-11-20", what: "the failure of FTX", kinds: FLOWS },
  { from: "2023-05-06", to: "2023-05-14", what: "the first wave of BRC-20 tokens", kinds: FEES },
  { from: "2023-11-07", to: "2023-11-24", what: "the second wave of BRC-20 tokens", kinds: FEES },
  { from: "2023-12-15", to: "2023-12-24", what: "the third wave of BRC-20 tokens", kinds: FEES },
  { from: "2024-01-11", to: "2024-01-20", what: "the first exchange-traded funds in the United States", kinds: FLOWS },
  { from: "2024-03-05", to: "2024-03-16", what: "the price passes that of 2021", kinds: FLOWS },
  { from: "2024-04-20", to: "2024-04-26", what: "the halving of 20 April and the start of Runes", kinds: FEES },
  { from: "2024-07-04", to: "2024-07-12", what: "Mt. Gox begins to pay its creditors, Saxony sells", kinds: FLOWS },
  { from: "2024-08-05", to: "2024-08-12", what: "the crash of 5 August", kinds: FLOWS },
  { from: "2025-10-10", to: "2025-10-18", what: "the crash of 10 October", kinds: FLOWS },
];
