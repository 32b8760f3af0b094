/**
 * What differs between networks: address prefixes, magic, subsidy, proof-of-work limit.
 * Source: Bitcoin Core `kernel/chainparams.cpp`. `simnet` is ours: its prefixes belong to no real network.
 */
export type NetworkName = "mainnet" | "testnet3" | "testnet4" | "signet" | "regtest" | "simnet";

export type Network = {
  readonly name: NetworkName;
  readonly genesisHash: string | undefined;
  readonly magic: number;
  readonly bech32Prefix: string;
  readonly pubKeyHashVersion: number;
  readonly scriptHashVersion: number;
  /** Compact form of the highest target that a block may have. */
  readonly powLimitBits: number;
  readonly halvingInterval: number;
  /**
   * Whether difficulty follows from how long the last 2,016 blocks took: `regular`; with `exceptions` where a block that
   * is late may have the least difficulty; `never`.
   */
  readonly retarget: "regular" | "exceptions" | "never";
  /** Satoshis that the coinbase of block 0 creates. Real networks: 50 BTC. */
  readonly genesisSubsidy: number;
  /** Satoshis that blocks 1… create before the first halving. */
  readonly initialSubsidy: number;
  readonly simulated: boolean;
};

/** Satoshis of a bitcoin. Source: Core `consensus/amount.h`. */
export const COIN = 100_000_000;

const bitcoinDefaults = {
  halvingInterval: 210_000,
  retarget: "regular",
  genesisSubsidy: 50 * COIN,
  initialSubsidy: 50 * COIN,
  simulated: false,
} as const;

const testPrefixes = { bech32Prefix: "tb", pubKeyHashVersion: 111, scriptHashVersion: 196 } as const;

export const NETWORKS: Readonly<Record<NetworkName, Network>> = {
  mainnet: {
    ...bitcoinDefaults,
    name: "mainnet",
    genesisHash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    magic: 0xd9b4bef9,
    bech32Prefix: "bc",
    pubKeyHashVersion: 0,
    scriptHashVersion: 5,
    powLimitBits: 0x1d00ffff,
  },
  testnet3: {
    ...bitcoinDefaults,
    ...testPrefixes,
    name: "testnet3",
    retarget: "exceptions",
    genesisHash: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
    magic: 0x0709110b,
    powLimitBits: 0x1d00ffff,
  },
  testnet4: {
    ...bitcoinDefaults,
    ...testPrefixes,
    name: "testnet4",
    retarget: "exceptions",
    genesisHash: "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
    magic: 0x283f161c,
    powLimitBits: 0x1d00ffff,
  },
  signet: {
    ...bitcoinDefaults,
    ...testPrefixes,
    name: "signet",
    genesisHash: "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
    magic: 0x40cf030a,
    powLimitBits: 0x1e0377ae,
  },
  regtest: {
    ...bitcoinDefaults,
    ...testPrefixes,
    name: "regtest",
    retarget: "never",
    bech32Prefix: "bcrt",
    genesisHash: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
    magic: 0xdab5bffa,
    powLimitBits: 0x207fffff,
    halvingInterval: 150,
  },
  simnet: {
    name: "simnet",
    genesisHash: undefined,
    magic: 0x6d697375,
    bech32Prefix: "sim",
    pubKeyHashVersion: 63,
    scriptHashVersion: 125,
    powLimitBits: 0x207fffff,
    halvingInterval: 210_000,
    retarget: "regular",
    genesisSubsidy: 5_000_000 * COIN,
    initialSubsidy: 3.125 * COIN,
    simulated: true,
  },
};

/** Satoshis that a block of this height may create, fees apart. Source: Core `GetBlockSubsidy`. */
export function subsidyAt(height: number, network: Network): number {
  if (height === 0) return network.genesisSubsidy;
  const halvings = Math.floor(height / network.halvingInterval);
  return halvings >= 64 ? 0 : Math.floor(network.initialSubsidy / 2 ** halvings);
}
