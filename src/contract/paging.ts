import { z } from "zod";

type Sizes = { readonly most: number; readonly usual: number };

/** How a list is asked for page by page. */
export const pageOf = ({ most, usual }: Sizes) => ({
  pageSize: z.coerce.number().int().min(1).max(most).default(usual).meta({ description: "Of how many a page is" }),
  pageToken: z.string().max(200).optional().meta({ description: "Where to go on: nextPageToken of the page before" }),
});

/** How a list says where it goes on; null on its last page. */
export const nextPage = { nextPageToken: z.string().nullable(), nextPageUrl: z.string().nullable() };
