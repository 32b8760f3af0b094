import type { LabelKind } from "./entity-kinds.ts";

/** Wallets that their owner has published, with the page where he did. Actors have the short names of GraphSense. */
type PublishedWallets = {
  readonly actor: string;
  readonly kind: LabelKind;
  readonly source: string;
  /** On this day. */
  readonly published: string;
  readonly addresses: readonly string[];
};

/** Large reserves of mainnet, by the proofs of reserve of November and December 2022. */
export const BUILTIN_EXCHANGES: readonly PublishedWallets[] = [
  {
    actor: "binance",
    kind: "exchange",
    source: "https://www.binance.com/en/blog/community/our-commitment-to-transparency-2895840147147652626",
    published: "2022-11-16",
    addresses: [
      "34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo",
      "3LYJfcfHPXYJreMsASk2jkn69LWEYKzexb",
      "3M219KR5vEneNb47ewrPfWyb5jQ2DjxRP6",
      "bc1qm34lsc65zpw79lxes69zkqmk6ee3ewf0j77s3h",
    ],
  },
  {
    actor: "bitfinex",
    kind: "exchange",
    source: "https://github.com/bitfinexcom/pub/blob/main/wallets.txt",
    published: "2022-12-12",
    addresses: [
      "1Kr6QSydW9bFQG1mXiPNNu6WpJGmUa9i1g",
      "3JZq4atUahhuA9rLhXLMhhTo133J9rF97j",
      "bc1qgdjqv0av3q56jvd82tkdjpy7gdp9ut8tlqmgrpmv24sq90ecnvqqjwvw97",
    ],
  },
  {
    actor: "okex",
    kind: "exchange",
    source: "https://twitter.com/okx/status/1590812545346330624",
    published: "2022-11-15",
    addresses: ["16rF2zwSJ9goQ9fZfYoti5LsUqqegb5RnA", "1AumBaQDRaCC3cKKQVRHeyvoSPWNdDzsKP"],
  },
];
