import { z } from "zod";

/** In the words of WebAuthn, level 3, as `PublicKeyCredential.parse…OptionsFromJSON` takes it. */
export const passkeyQuestion = z.record(z.string(), z.unknown()).meta({ id: "PasskeyQuestion" });
export type PasskeyQuestion = z.infer<typeof passkeyQuestion>;

const text = z.string().max(20_000);

/** As `PublicKeyCredential.toJSON` gives it; what is in it is checked with the proof. */
const credential = {
  id: z.string().min(1).max(2_000),
  rawId: z.string().min(1).max(2_000),
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).exactOptional(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
};

export const passkeyProof = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: text,
      authenticatorData: text,
      signature: text,
      userHandle: text.exactOptional(),
    }),
  })
  .meta({ id: "PasskeyProof" });
export type PasskeyProof = z.infer<typeof passkeyProof>;

export const madePasskey = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: text,
      attestationObject: text,
      transports: z.array(z.string().max(40)).max(10).default([]),
    }),
  })
  .meta({ id: "MadePasskey" });
export type MadePasskey = z.infer<typeof madePasskey>;

export const passkeySignInBody = z.strictObject({ answer: passkeyProof });

export const newPasskeyBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}<>]*$/u, "no control characters and no < or >"),
  answer: madePasskey,
});

export const passkeyList = z
  .object({
    passkeys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        createdAt: z.iso.datetime().nullable(),
        backedUp: z.boolean().meta({ description: "Whether a service keeps it on several devices" }),
      }),
    ),
  })
  .meta({ id: "PasskeyList" });
export type PasskeyList = z.infer<typeof passkeyList>;
