import { z } from "zod";
import { nextPage, pageOf } from "./paging.ts";

const address = z.string().max(64).optional();

export const listAuditQuery = z.strictObject({
  ...pageOf({ most: 200, usual: 50 }),
  personId: z.string().max(64).optional().meta({ description: "Of who did it" }),
  action: z
    .string()
    .regex(/^[a-z.-]{1,60}$/)
    .optional()
    .meta({ description: "The beginning of what was done, such as `key.`" }),
  target: z.string().max(200).optional().meta({ description: "What it was done to, such as `person 4f…`" }),
  address: address.meta({ description: "From where it was done" }),
  from: z.iso.datetime().optional().meta({ description: "From then on" }),
  to: z.iso.datetime().optional().meta({ description: "Before then" }),
});

export const listDenialsQuery = z.strictObject({
  pageSize: pageOf({ most: 200, usual: 50 }).pageSize,
  address: address.meta({ description: "Who was refused" }),
});

export const denialList = z
  .object({
    denials: z.array(
      z.object({
        address: z.string(),
        role: z.string(),
        personId: z.string().nullable(),
        route: z.string().meta({ description: "Method and path, as in the list of routes" }),
        code: z.string(),
        count: z.int().meta({ description: "In the hour that firstAt lies in" }),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
        lastRequestId: z.string().nullable().meta({ description: "Of the last of them" }),
        lastTarget: z.string().nullable().meta({ description: "What the last of them was about" }),
      }),
    ),
  })
  .meta({ id: "DenialList" });

export type DenialList = z.infer<typeof denialList>;

export const auditList = z
  .object({
    entries: z.array(
      z.object({
        id: z.int().positive(),
        at: z.iso.datetime(),
        role: z.string(),
        personId: z.string().nullable(),
        personName: z.string().nullable().meta({ description: "As they are called now; null without an account" }),
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
