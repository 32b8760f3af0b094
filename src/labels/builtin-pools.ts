/** A mining pool, the texts by which it signs its coinbases and addresses that it has been paid to. */
export type Pool = {
  readonly name: string;
  readonly tags: readonly string[];
  readonly addresses?: readonly string[];
};

/**
 * Well-known pools of mainnet. Each tag and address can be seen in the pool's own blocks and is published by the pool
 * or by block explorers.
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
  { name: "BitFuFuPool", tags: ["/BitFuFu/"] },
  { name: "BitFury", tags: ["/Bitfury/", "Bitfury/"] },
  { name: "Braiins Pool", tags: ["/slush/"], addresses: ["1CK6KHY6MHgYvmRQ4PAafKYDrg1ejbH1cE"] },
  { name: "Braiins Solo", tags: ["/braiinssolo/"] },
  // It signs nothing; its blocks are known by where they pay.
  { name: "Carbon Negative", tags: [], addresses: ["33SAB6pzbhEGPbfY6NVgRDV7jVfspZ3A3Z"] },
  { name: "CKPool", tags: ["/ckpool.org/"] },
  {
    name: "EclipseMC",
    tags: ["Josh Zerlan was here!", "EclipseMC", "EMC "],
    addresses: ["18M9o2mXNjNR96yKe7eyY6pfP6Nx4Nso3d"],
  },
  { name: "Eligius", tags: ["Eligius"] },
  { name: "EMCDPool", tags: ["/EMCD/", "/one_more_mcd/", "get___emcd"] },
  { name: "F2Pool", tags: ["F2Pool", "🐟", "七彩神仙鱼"], addresses: ["1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY"] },
  {
    name: "Foundry USA",
    tags: ["Foundry USA Pool", "/2cDw/"],
    addresses: ["bc1qxhmdufsvnuaaaer4ynz88fspdsxq2h9e9cetdj"],
  },
  { name: "GHash.IO", tags: ["ghash.io"] },
  { name: "Innopolis Tech", tags: ["Innopolis.tech", "Innopolis"] },
  { name: "Luxor", tags: ["/LUXOR/", "Luxor Tech", "Powered by Luxor Tech"] },
  { name: "MARA Pool", tags: ["MARA Pool", "MARA Made in USA"] },
  { name: "MegaBigPower", tags: ["megabigpower.com"], addresses: ["1KTNEBhQdj81UhDkJaoe3r8VtAsrnmpmnS"] },
  { name: "Mining Squared", tags: ["MiningSquared", "BSquared Network", "/bsquared/"] },
  { name: "NiceHash", tags: ["/NiceHashSolo", "/NiceHash/", "/NiceHashMining/"] },
  { name: "OCEAN", tags: ["< OCEAN.XYZ >", "OCEAN.XYZ"] },
  { name: "Poolin", tags: ["/poolin.com", "/poolin/"] },
  { name: "Public Pool", tags: ["Public-Pool", "Public Pool on Umbrel"] },
  { name: "SBI Crypto", tags: ["/SBICrypto.com Pool/", "SBI Crypto", "SBICrypto"] },
  { name: "SECPOOL", tags: ["SecPool"] },
  { name: "Solo CK", tags: ["/solo.ckpool.org/"] },
  { name: "SpiderPool", tags: ["SpiderPool"] },
  { name: "Ultimus Pool", tags: ["/ultimus/"] },
  { name: "ViaBTC", tags: ["/ViaBTC/", "viabtc.com deploy"], addresses: ["18cBEMRxXHqzWWCxZNtU91F5sbUNKhL5PX"] },
  { name: "WhitePool", tags: ["WhitePool"] },
];
