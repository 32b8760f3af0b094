/** A client that the provider knows us as. */
export type ProviderClient = { readonly clientId: string; readonly clientSecret: string };

/** Others who say who somebody is. What is missing is not offered. */
export type ProviderOptions = {
  readonly google?: ProviderClient | undefined;
  readonly github?: ProviderClient | undefined;
  /** Any that speaks OpenID Connect. */
  readonly oidc?: (ProviderClient & { readonly issuer: string; readonly name: string }) | undefined;
  readonly firebase?: FirebaseOptions | undefined;
};

export type FirebaseOptions = {
  readonly project: string;
  /** Takes tokens that nobody has signed, as the emulator makes them. */
  readonly trustsEmulator?: boolean;
  /** Where the keys are; Google's where nothing is said. */
  readonly keysUrl?: string;
};

/** What a page offers beside a password; Firebase has a sign-in of its own, in the app that uses it. */
export type OfferedProvider = { readonly id: "google" | "github" | "oidc"; readonly name: string };

export function listProviders({ google, github, oidc }: ProviderOptions = {}): readonly OfferedProvider[] {
  return [
    ...(google === undefined ? [] : [{ id: "google", name: "Google" } as const]),
    ...(github === undefined ? [] : [{ id: "github", name: "GitHub" } as const]),
    ...(oidc === undefined ? [] : [{ id: "oidc", name: oidc.name } as const]),
  ];
}

/** As people call a provider, also one that is offered no more. */
export function nameOf(options: ProviderOptions | undefined, provider: string): string {
  if (provider === "firebase") return "Firebase";
  return listProviders(options).find(({ id }) => id === provider)?.name ?? provider;
}
