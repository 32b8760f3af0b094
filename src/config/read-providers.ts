import { AppError } from "#lib";
import { SETTINGS, type SettingName } from "./settings.ts";

type Client = { readonly clientId: string; readonly clientSecret: string };

/** Others who say who somebody is; what is missing is not offered. */
export type Providers = {
  readonly google?: Client | undefined;
  readonly github?: Client | undefined;
  readonly oidc?: (Client & { readonly issuer: string; readonly name: string }) | undefined;
  readonly firebase?: { readonly project: string; readonly trustsEmulator: boolean } | undefined;
};

export type ProviderWords = {
  readonly said: (name: SettingName) => string | undefined;
  readonly text: (name: SettingName) => string;
  /** Whether nobody else reaches the server. */
  readonly isLocal: boolean;
  /** FIREBASE_AUTH_EMULATOR_HOST. */
  readonly emulator: string | undefined;
};

/** @throws AppError CONFIG_BAD_SETTING where one half of a pair is missing */
export function readProviders({ said, text, isLocal, emulator }: ProviderWords): Providers {
  const [google, github] = [
    clientOf(said, "googleClientId", "googleClientSecret"),
    clientOf(said, "githubClientId", "githubClientSecret"),
  ];
  const oidc = clientOf(said, "oidcClientId", "oidcClientSecret");
  const issuer = said("oidcIssuer");
  if ((oidc === undefined) !== (issuer === undefined)) throw halfSaid("oidcIssuer", "oidcClientId");
  if (issuer !== undefined && !isIssuer(issuer)) {
    throw new AppError(
      "CONFIG_BAD_SETTING",
      `${flagOf("oidcIssuer")} is "${issuer}", expected https:// and a name (http:// on this machine alone)`,
    );
  }
  const project = said("firebaseProject");
  const trustsEmulator = text("unsafeFirebaseEmulator") === "yes" && emulator !== undefined && emulator !== "";
  if (trustsEmulator && !isLocal) {
    throw new AppError(
      "CONFIG_BAD_SETTING",
      `${flagOf("unsafeFirebaseEmulator")} lets everybody in as anybody; it is for a server that listens on 127.0.0.1`,
    );
  }
  return {
    google,
    github,
    oidc: oidc && issuer !== undefined ? { ...oidc, issuer, name: text("oidcName") } : undefined,
    firebase: project === undefined ? undefined : { project, trustsEmulator },
  };
}

function clientOf(said: ProviderWords["said"], id: SettingName, secret: SettingName): Client | undefined {
  const [clientId, clientSecret] = [said(id), said(secret)];
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined) throw halfSaid(id, secret);
  return { clientId, clientSecret };
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname));
}

function halfSaid(one: SettingName, other: SettingName): AppError {
  return new AppError(
    "CONFIG_BAD_SETTING",
    `${flagOf(one)} and ${flagOf(other)} belong together; one of them is missing`,
  );
}

function flagOf(name: SettingName): string {
  return SETTINGS[name].flag.split(" ")[0] ?? "";
}
