import { z } from "zod";

export const askProviderBody = z.strictObject({
  to: z.string().max(2_000).default("/dashboard").meta({ description: "The page to come back to: path and query" }),
});
export const providerAddress = z
  .object({ url: z.string().meta({ description: "Where the browser has to go" }) })
  .meta({ id: "ProviderAddress" });
export type ProviderAddress = z.infer<typeof providerAddress>;

export const firebaseBody = z.strictObject({
  idToken: z.string().min(1).max(5_000).meta({ description: "As Firebase Authentication gave it to the app" }),
});

export const methodList = z
  .object({
    methods: z.array(
      z.object({
        id: z.string(),
        provider: z.string().meta({ description: "Such as google" }),
        name: z.string().meta({ description: "As people call it" }),
        createdAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: "MethodList" });
export type MethodList = z.infer<typeof methodList>;
