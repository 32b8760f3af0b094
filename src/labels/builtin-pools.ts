/** A mining pool, the texts by which it signs its coinbases and addresses that it has been paid to. */
export type Pool = {
  readonly name: string;
  readonly tags: readonly string[];
  /** Mainnet. */
  readonly addresses?: readonly string[];
};

/**
 * Well-known pools. Each tag and address can be seen in the pool's own blocks and is published by the pool or by block
 * explorers; a block that bears one is named in the comment where it is not obvious.
 */
export const BUILTIN_POOLS: readonly Pool[] = [
  {
    name: "AntPool",
    tags: ["/AntPool/", "Mined By AntPool", "Mined by AntPool"],
    addresses: ["12dRugNcdxK39288NjcDV4GX7rMsKCGn6B"],
  },
  { name: "BTC Guild", tags: ["Mined by BTC Guild", "BTC Guild"] },
  { name: "BTC.com", tags: ["/BTC.COM/", "/BTC.com/", "btccom"], addresses: ["1Bf9sZvBHPFGVPX71WX2njhd1NXKv5y7v5"] },
  { name: "Binance Pool", tags: ["/Binance/", "binance"], addresses: ["1JvXhnHCi6XqcanvrZJ5s2Qiv4tsmm2UMy"] },
  { name: "BitFury", tags: ["/Bitfury/", "Bitfury/"] },
  { name: "Braiins Pool", tags: ["/slush/"], addresses: ["1CK6KHY6MHgYvmRQ4PAafKYDrg1ejbH1cE"] },
  {
    name: "EclipseMC",
    tags: ["Josh Zerlan was here!", "EclipseMC", "EMC "],
    addresses: ["18M9o2mXNjNR96yKe7eyY6pfP6Nx4Nso3d"],
  },
  { name: "Eligius", tags: ["Eligius"] },
  { name: "F2Pool", tags: ["F2Pool", "🐟", "七彩神仙鱼"], addresses: ["1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY"] },
  {
    name: "Foundry USA",
    tags: ["Foundry USA Pool", "/2cDw/"],
    addresses: ["bc1qxhmdufsvnuaaaer4ynz88fspdsxq2h9e9cetdj"],
  },
  { name: "GHash.IO", tags: ["ghash.io"] },
  { name: "Luxor", tags: ["/LUXOR/", "Luxor Tech", "Powered by Luxor Tech"] },
  { name: "MARA Pool", tags: ["MARA Pool", "MARA Made in USA"] },
  { name: "MegaBigPower", tags: ["megabigpower.com"], addresses: ["1KTNEBhQdj81UhDkJaoe3r8VtAsrnmpmnS"] },
  { name: "OCEAN", tags: ["< OCEAN.XYZ >", "OCEAN.XYZ"] },
  { name: "Poolin", tags: ["/poolin.com", "/poolin/"] },
  { name: "SBI Crypto", tags: ["/SBICrypto.com Pool/", "SBI Crypto"] },
  { name: "SpiderPool", tags: ["SpiderPool"] },
  { name: "ViaBTC", tags: ["/ViaBTC/", "viabtc.com deploy"], addresses: ["18cBEMRxXHqzWWCxZNtU91F5sbUNKhL5PX"] },
  { name: "WhitePool", tags: ["WhitePool"] },
];
