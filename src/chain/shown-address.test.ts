import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { findNetworkOfEsplora } from "./esplora/index.ts";
import { shownAddress } from "./shown-address.ts";

test.each([
  ["https://mempool.space/testnet4/api", "https://mempool.space/testnet4/api"],
  ["https://me:s3cret@host:8443/api?key=s3cret#s3cret", "https://host:8443/api"],
  ["https://host/v1/0f1e2d3c4b5a69788796a5b4c3d2e1f0/api", "https://host/v1/0f1…/api"],
  ["wss://host/0f1e2d3c4b5a69788796a5b4c3d2e1f0/api/v1/ws", "wss://host/0f1…/api/v1/ws"],
])("%s is told as %s", (address, shown) => {
  expect(shownAddress(address)).toBe(shown);
});

test("a server is asked with the key of its path, which no message repeats", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    const location = `https://host${url ?? ""}`;
    response.writeHead(asked.length === 1 ? 404 : 301, { location }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const key = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  for (const code of ["CHAIN_ESPLORA_REPLY", "CHAIN_ESPLORA_REFUSED"]) {
    const answer = findNetworkOfEsplora(`http://127.0.0.1:${port}/${key}/api`, { retries: 0 });
    await expect(answer).rejects.toMatchObject({ code, message: expect.stringContaining("/0f1…/api") });
    await expect(answer).rejects.toMatchObject({ message: expect.not.stringContaining(key) });
  }
  server.close();
  expect(asked[0]).toMatch(new RegExp(`^/${key}/api/`));
});
