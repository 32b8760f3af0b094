import { z } from "zod";
import { person, roleName } from "./accounts/index.ts";

/** Who the server takes the asking browser or program for. */
export const session = z
  .object({
    role: roleName,
    lacksCodes: z
      .boolean()
      .meta({ description: "Whether the account may no more than a guest until codes are set up for it" }),
    permissions: z.array(z.string()).meta({ description: "What the role may do, by the names of permissions.ts" }),
    person: person.nullable().meta({ description: "Whose account this browser is signed in to" }),
    registration: z
      .enum(["open", "invite", "closed"])
      .meta({ description: "Who may make an account: everybody, whoever was invited, or the operator alone" }),
    providers: z
      .array(z.object({ id: z.enum(["google", "github", "oidc"]), name: z.string() }))
      .meta({ description: "Who else can say who somebody is" }),
    passkeys: z.boolean().meta({ description: "Whether a browser can make passkeys for this server's address" }),
    hasPassword: z.boolean().meta({ description: "Whether the account has a password; false without an account" }),
    mailsLetters: z
      .boolean()
      .meta({ description: "Whether letters leave the server; else its operator finds them in the log" }),
    hasAdmin: z.boolean().meta({ description: "Whether anybody has an administrator's account yet" }),
  })
  .meta({ id: "Session" });

export type Session = z.infer<typeof session>;

export const signInAnswer = session
  .extend({
    next: z
      .enum(["signed-in", "second-factor"])
      .meta({ description: "Whether a code has to follow: POST /api/v1/auth/second-factor" }),
  })
  .meta({ id: "SignInAnswer" });
export type SignInAnswer = z.infer<typeof signInAnswer>;

export const operatorLinkQuery = z.strictObject({ code: z.string().min(1).max(500) });
