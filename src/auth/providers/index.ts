/** Others who say who somebody is: Google, GitHub, any provider of OpenID Connect, Firebase. */
export { listProviders, nameOf } from "./provider-options.ts";
export type { OfferedProvider, ProviderOptions } from "./provider-options.ts";
export { signInByFirebase } from "./sign-in-by-firebase.ts";
export { askProvider, comeBack } from "./sign-in-by-provider.ts";
