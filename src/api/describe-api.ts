import { drawSecrets, openAccounts } from "#auth";
import { AppError, createLogger } from "#lib";
import type { ApiDeps } from "./app-types.ts";
import { buildApp } from "./build-app.ts";
import { makeStreams } from "./streams/streams.ts";

/** The OpenAPI document of all routes, without a database behind them. */
export async function describeApi(): Promise<object> {
  const logger = createLogger(undefined, "silent");
  // Routes that are only described are not called, and look nothing up.
  const refuse = (): never => {
    throw new AppError("LIB_INVARIANT", "what is only described has no database");
  };
  const db = new Proxy({}, { get: refuse }) as ApiDeps["db"];
  const streams = makeStreams({ db, logger, readStatus: refuse });
  const secrets = drawSecrets();
  const opened = openAccounts({
    publicUrl: "http://localhost:3000",
    registration: "invite",
    sendLetter: () => Promise.resolve(),
    db,
    instanceKey: secrets.instanceKey,
    onFault: refuse,
  });
  // Of no instance.
  const accounts = { ...opened, cookieName: "utxoiq_session_{instance}" };
  const app = await buildApp({
    db,
    host: "127.0.0.1",
    logger,
    streams,
    secrets,
    accounts,
    guests: "all",
    trustedProxies: [],
    burstLimit: 0,
    readStatus: refuse,
    webRoot: "/none",
  });
  await app.ready();
  const description = app.swagger();
  await app.close();
  return description;
}
