/**
 * `node scripts/openapi.ts`: writes what the SDK is made from, `sdk/openapi.json`, and its types. Refuses what breaks
 * programs that exist, unless `--breaking` says that it is meant. `--check` writes nothing and says whether all is new.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { describeApi } from "#api";
import { findBreaks, type OpenApi } from "./compare-openapi.ts";

const DOCUMENT = fileURLToPath(new URL("../sdk/openapi.json", import.meta.url));
const TYPES = fileURLToPath(new URL("../sdk/api-types.ts", import.meta.url));
const HEAD = "/** Made from openapi.json by scripts/openapi.ts; not to be changed by hand. */\n";

const types = async (): Promise<string> => HEAD + astToString(await openapiTS(JSON.parse(document) as never));

const checks = process.argv.includes("--check");
const described = (await describeApi()) as OpenApi;
const document = `${JSON.stringify(described, null, 1)}\n`;
const stored = readFileSync(DOCUMENT, "utf8");

// Refuses a document that is none of OpenAPI 3.1.
const typed = await types();

if (document !== stored) {
  const breaks = findBreaks(JSON.parse(stored) as OpenApi, described);
  if (breaks.length > 0 && !process.argv.includes("--breaking")) {
    console.error(`Programs that use the API would break:\n  ${breaks.join("\n  ")}`);
    console.error("Where that is meant, write it with: npm run sdk -- --breaking");
    process.exitCode = 1;
  } else if (checks) {
    console.error("sdk/openapi.json is not what the routes say; write it with: npm run sdk");
    process.exitCode = 1;
  } else {
    writeFileSync(DOCUMENT, document);
  }
}
if (checks && process.exitCode !== 1 && readFileSync(TYPES, "utf8") !== typed) {
  console.error("sdk/api-types.ts is not what sdk/openapi.json says; write it with: npm run sdk");
  process.exitCode = 1;
}
if (!checks && process.exitCode !== 1) {
  writeFileSync(TYPES, typed);
  console.log("sdk/openapi.json and sdk/api-types.ts are written");
}
