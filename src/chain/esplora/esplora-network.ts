import { type Network, NETWORKS } from "#bitcoin";
import { AppError } from "#lib";
import { findHashAt } from "./esplora-api.ts";
import { type ClientOptions, createEsploraClient, type EsploraClient } from "./esplora-client.ts";

/** The network whose blocks the server at this address has. */
export async function findNetworkOfEsplora(
  url: string,
  options: Pick<ClientOptions, "retries"> = {},
): Promise<Network> {
  const client = createEsploraClient(url, { requestsPerSecond: 2, ...options });
  try {
    return await fetchNetwork(client, new AbortController().signal);
  } finally {
    await client.close();
  }
}

/** Told by the hash of block 0. */
export async function fetchNetwork(client: EsploraClient, signal: AbortSignal): Promise<Network> {
  const genesis = await findHashAt(client, 0, signal);
  if (genesis === undefined) {
    throw new AppError(
      "CHAIN_ESPLORA_REPLY",
      `${client.address} knows no block 0. Is this the address of an Esplora API? It often ends in /api.`,
    );
  }
  const network = Object.values(NETWORKS).find(({ genesisHash }) => genesisHash === genesis);
  if (network !== undefined) return network;
  const message = `${client.address} has the blocks of a network that is not known here: its block 0 is ${genesis}.`;
  throw new AppError("CHAIN_ESPLORA_NETWORK", message, { details: { genesis } });
}
