import { z } from "zod";
import { person, roleName } from "./accounts/index.ts";

/** Who the server takes the asking browser or program for. */
export const session = z
  .object({
    role: roleName,
    permissions: z.array(z.string()).meta({ description: "What the role may do, by the names of permissions.ts" }),
    person: person.nullable().meta({ description: "Whose account this browser is signed in to" }),
    registration: z
      .enum(["open", "closed"])
      .meta({ description: "Who may make an account: everybody, or whoever was invited" }),
    hasAdmin: z.boolean().meta({ description: "Whether anybody has an administrator's account yet" }),
  })
  .meta({ id: "Session" });

export type Session = z.infer<typeof session>;

export const operatorLinkQuery = z.strictObject({ code: z.string().min(1).max(500) });
