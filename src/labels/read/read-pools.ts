import { badFormat } from "../errors.ts";
import type { Claim } from "./claim.ts";
import { type DocumentNode, readDocument } from "./read-document.ts";

/** Mining pools as the mining-pools project lists them: `pools.json`, `pool-list.json` and what is like them. */
export async function* readPools(path: string): AsyncGenerator<Claim> {
  const document = await readDocument(path);
  const claims = document.items === undefined ? claimsByTarget(path, document) : claimsByPool(path, document.items);
  for (const claim of claims) yield claim;
}

const POOL = { category: "mining_pool", confidence: "service_data" } as const;

/** `{ coinbase_tags: { <tag>: { name, link } }, payout_addresses: { <address>: { name, link } } }` */
function* claimsByTarget(file: string, { fields }: DocumentNode): Generator<Claim> {
  const tags = fields?.get("coinbase_tags")?.fields;
  const addresses = fields?.get("payout_addresses")?.fields;
  if (tags === undefined && addresses === undefined) throw notPools(file);
  for (const [tag, pool] of tags ?? []) yield { ...poolOf(file, pool), tag };
  for (const [address, pool] of addresses ?? []) yield { ...poolOf(file, pool), address };
}

/** `[{ name, addresses: [], tags: [], link }]` */
function* claimsByPool(file: string, pools: readonly DocumentNode[]): Generator<Claim> {
  for (const pool of pools) {
    const addresses = pool.fields?.get("addresses")?.items;
    const tags = pool.fields?.get("tags")?.items;
    if (pool.fields?.get("name") === undefined || (addresses === undefined && tags === undefined)) {
      throw notPools(file, pool.line);
    }
    const known = poolOf(file, pool);
    for (const tag of tags ?? []) yield { ...known, line: tag.line, tag: tag.text };
    for (const address of addresses ?? []) yield { ...known, line: address.line, address: address.text };
  }
}

function poolOf(file: string, { line, fields }: DocumentNode): Claim {
  return { ...POOL, file, line, actor: fields?.get("name")?.text, source: fields?.get("link")?.text };
}

function notPools(file: string, line?: number): Error {
  return badFormat(
    { file, line },
    "it is no list of mining pools: neither coinbase_tags and payout_addresses nor pools with addresses and tags",
  );
}
