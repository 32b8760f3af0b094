import { z } from "zod";

export const listAuditQuery = z.strictObject({
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  pageToken: z.string().max(200).optional(),
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
    nextPageToken: z.string().nullable(),
    nextPageUrl: z.string().nullable(),
  })
  .meta({ id: "AuditList" });

export type AuditList = z.infer<typeof auditList>;
