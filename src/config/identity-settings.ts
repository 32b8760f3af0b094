import type { Setting } from "./setting.ts";

const SECRET = "a secret: as a variable other users of the machine do not see it";

/** Others who say who somebody is. */
export const IDENTITY_SETTINGS = {
  googleClientId: {
    name: "googleClientId",
    flag: "--google-client-id <id>",
    env: ["UTXOIQ_GOOGLE_CLIENT_ID"],
    type: "text",
    sentence:
      "The OAuth client by which people sign in with Google; its redirect address is <public url>/api/v1/auth/callback/google.",
  },
  googleClientSecret: {
    name: "googleClientSecret",
    flag: "--google-client-secret <secret>",
    env: ["UTXOIQ_GOOGLE_CLIENT_SECRET"],
    type: "text",
    sentence: `What belongs to --google-client-id, ${SECRET}.`,
  },
  githubClientId: {
    name: "githubClientId",
    flag: "--github-client-id <id>",
    env: ["UTXOIQ_GITHUB_CLIENT_ID"],
    type: "text",
    sentence:
      "The OAuth app by which people sign in with GitHub; its callback address is <public url>/api/v1/auth/callback/github.",
  },
  githubClientSecret: {
    name: "githubClientSecret",
    flag: "--github-client-secret <secret>",
    env: ["UTXOIQ_GITHUB_CLIENT_SECRET"],
    type: "text",
    sentence: `What belongs to --github-client-id, ${SECRET}.`,
  },
  oidcIssuer: {
    name: "oidcIssuer",
    flag: "--oidc-issuer <address>",
    env: ["UTXOIQ_OIDC_ISSUER"],
    type: "text",
    sentence:
      "A provider of OpenID Connect by which people sign in, such as https://login.example.org/realms/us; the redirect address is <public url>/api/v1/auth/callback/oidc.",
  },
  oidcClientId: {
    name: "oidcClientId",
    flag: "--oidc-client-id <id>",
    env: ["UTXOIQ_OIDC_CLIENT_ID"],
    type: "text",
    sentence: "As what --oidc-issuer knows this server.",
  },
  oidcClientSecret: {
    name: "oidcClientSecret",
    flag: "--oidc-client-secret <secret>",
    env: ["UTXOIQ_OIDC_CLIENT_SECRET"],
    type: "text",
    sentence: `What belongs to --oidc-client-id, ${SECRET}.`,
  },
  oidcName: {
    name: "oidcName",
    flag: "--oidc-name <name>",
    env: ["UTXOIQ_OIDC_NAME"],
    type: "text",
    default: "single sign-on",
    sentence: "What the page calls --oidc-issuer.",
  },
  firebaseProject: {
    name: "firebaseProject",
    flag: "--firebase-project <id>",
    env: ["UTXOIQ_FIREBASE_PROJECT"],
    type: "text",
    sentence: "The Firebase project whose ID tokens sign somebody in: POST /api/v1/auth/firebase.",
  },
  unsafeFirebaseEmulator: {
    name: "unsafeFirebaseEmulator",
    flag: "--unsafe-firebase-emulator <answer>",
    env: ["UTXOIQ_UNSAFE_FIREBASE_EMULATOR"],
    type: "text",
    default: "no",
    choices: ["yes", "no"],
    sentence:
      "yes: where FIREBASE_AUTH_EMULATOR_HOST is set, tokens that nobody has signed are taken, as Firebase's emulator makes them. Everybody who reaches the server can be anybody then. Refused unless the server listens on this machine alone.",
  },
} as const satisfies Readonly<Record<string, Setting>>;
