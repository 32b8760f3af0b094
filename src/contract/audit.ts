import { z } from "zod";
import { nextPage, pageOf } from "./paging.ts";

export const listAuditQuery = z.strictObject({
  ...pageOf({ most: 200, usual: 50 }),
});

export const auditList = z
  .object({
    entries: z.array(
      z.object({
        id: z.int().positive(),
        at: z.iso.datetime(),
        role: z.string(),
        personId: z.string().nullable(),
        address: z.string().nullable().meta({ description: "As the connection tells it; null: on this machine" }),
        action: z.string(),
        target: z.string(),
        details: z.record(z.string(), z.unknown()),
        requestId: z.string().nullable(),
      }),
    ),
    ...nextPage,
  })
  .meta({ id: "AuditList" });

export type AuditList = z.infer<typeof auditList>;
