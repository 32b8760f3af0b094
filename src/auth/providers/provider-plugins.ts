import type { GenericOAuthConfig, GenericOAuthUserInfo } from "better-auth/plugins/generic-oauth";
import { access, type Database } from "#store";
import { noteWhoComes } from "./who-comes.ts";
import type { ProviderClient, ProviderOptions } from "./provider-options.ts";

export const GOOGLE = "https://accounts.google.com";

/**
 * Google is asked as any provider of OpenID Connect: its token's signature, issuer, audience, expiry and nonce are
 * checked. An address that the provider has not proved makes no account.
 */
export function openIdConfig(
  { google, oidc }: ProviderOptions = {},
  { mayRegister, db }: { readonly mayRegister: boolean; readonly db: Database },
): GenericOAuthConfig[] {
  const configOf = (providerId: string, issuer: string, { clientId, clientSecret }: ProviderClient) => ({
    providerId,
    discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    requireEmailVerification: true,
    disableSignUp: !mayRegister,
    // Asked once the token is found to be good, before an account of the address is looked for: somebody who typed the
    // address, and cannot read its letters, does not keep its owner out.
    mapProfileToUser: async ({ sub, email, emailVerified }: GenericOAuthUserInfo) => {
      if (typeof email !== "string") return {};
      if (mayRegister && emailVerified) await access.accounts.dropUnconfirmed(db, email);
      await noteWhoComes(db, { provider: providerId, subject: String(sub), email });
      return {};
    },
  });
  return [
    ...(google === undefined ? [] : [configOf("google", GOOGLE, google)]),
    ...(oidc === undefined ? [] : [configOf("oidc", oidc.issuer, oidc)]),
  ];
}

/** GitHub has no OpenID Connect for people: it is asked by its own API. */
export function socialConfig(
  { github }: ProviderOptions = {},
  { mayRegister, db }: { readonly mayRegister: boolean; readonly db: Database },
) {
  if (github === undefined) return {};
  const { clientId, clientSecret } = github;
  const mapProfileToUser = async ({ id, email }: { readonly id: string | number; readonly email: string | null }) => {
    if (email !== null) await noteWhoComes(db, { provider: "github", subject: String(id), email });
    return {};
  };
  const rest = { requireEmailVerification: true, disableSignUp: !mayRegister, mapProfileToUser };
  return { github: { clientId, clientSecret, ...rest } };
}
