import type { GenericOAuthConfig, GenericOAuthUserInfo } from "better-auth/plugins/generic-oauth";
import { access, type Database } from "#store";
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
    mapProfileToUser: async ({ email, emailVerified }: GenericOAuthUserInfo) => {
      if (mayRegister && typeof email === "string" && emailVerified) await access.accounts.dropUnconfirmed(db, email);
      return {};
    },
  });
  return [
    ...(google === undefined ? [] : [configOf("google", GOOGLE, google)]),
    ...(oidc === undefined ? [] : [configOf("oidc", oidc.issuer, oidc)]),
  ];
}

/** GitHub has no OpenID Connect for people: it is asked by its own API. */
export function socialConfig({ github }: ProviderOptions = {}, { mayRegister }: { readonly mayRegister: boolean }) {
  if (github === undefined) return {};
  const { clientId, clientSecret } = github;
  return { github: { clientId, clientSecret, requireEmailVerification: true, disableSignUp: !mayRegister } };
}
