import { AddressError, NETWORKS, scriptOfAddress } from "#bitcoin";
import { labelList, type LabelList, listLabelsQuery, problem } from "#contract";
import { AppError, sha256 } from "#lib";
import { type Database, explore, findChain, getLabelVersion } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { findLabelVersion } from "../find-label-version.ts";
import { decodeLabelToken, nextPageUrl, pageOf } from "../page-token.ts";

export function registerLabelRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/labels",
    {
      config: { remembered: "for a moment" },
      schema: {
        summary: "Labels entity by entity: what is known of which address, since when and from which file",
        tags: ["entities"],
        querystring: listLabelsQuery,
        response: { 200: labelList, 400: problem },
      },
    },
    async ({ query }) => {
      const { pageSize, pageToken, asOf, entity, q, kind, address } = query;
      // Pages that are turned are of one version, whatever is imported meanwhile.
      const version = (await findLabelVersion(db, asOf)) ?? (await getLabelVersion(db));
      const rows = await explore.listLabels(db, {
        version,
        limit: pageSize + 1,
        after: pageToken === undefined ? undefined : decodeLabelToken(pageToken),
        actor: entity,
        text: q,
        kinds: kind,
        script: address === undefined ? undefined : await scriptIn(db, address),
      });
      const { page, nextPageToken } = pageOf(rows, pageSize, ({ id, entityId }) => ({ before: id, height: entityId }));
      const asked = { pageSize, asOf: String(version), entity, q, kind: kind?.join(","), address };
      const next = nextPageUrl("/api/v1/labels", asked, nextPageToken);
      return { labelVersion: version, labels: page.map(presentLabel), nextPageToken, nextPageUrl: next };
    },
  );
}

/** Of the network whose blocks are stored. */
async function scriptIn(db: Database, address: string): Promise<Uint8Array> {
  const chain = await findChain(db);
  const network = Object.values(NETWORKS).find(({ name }) => name === chain?.network);
  if (network === undefined) throw new AppError("API_BAD_REQUEST", "of which network addresses are is not known yet");
  try {
    return scriptOfAddress(address, network, sha256);
  } catch (error) {
    if (error instanceof AddressError) throw new AppError("API_BAD_REQUEST", error.message, { cause: error });
    throw error;
  }
}

function presentLabel({
  script,
  name,
  kind,
  actor,
  knownSince,
  id: _id,
  entityId: _entity,
  ...rest
}: explore.ListedLabel): LabelList["labels"][number] {
  return {
    ...rest,
    entity: { actor: name, kind },
    script: script === null ? null : Buffer.from(script).toString("hex"),
    spelling: actor,
    knownSince: knownSince.toISOString(),
  };
}
