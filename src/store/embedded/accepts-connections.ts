import { Client } from "pg";
import { clientConfig, type SocketConnection } from "../database/connection.ts";

/** Whether a server answers there now. "No" covers every reason; who asks goes on asking until a deadline. */
export async function accepts(connection: SocketConnection): Promise<boolean> {
  const client = new Client({ ...clientConfig(connection), connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
