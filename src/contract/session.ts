import { z } from "zod";

/** Who the server takes the asking browser or program for. */
export const session = z
  .object({
    role: z.enum(["guest", "operator"]),
    permissions: z.array(z.string()).meta({ description: "What the role may do, by the names of permissions.ts" }),
  })
  .meta({ id: "Session" });

export type Session = z.infer<typeof session>;

export const operatorLinkQuery = z.strictObject({ code: z.string().min(1).max(500) });
