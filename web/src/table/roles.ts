/**
 * Roles of the parts of a table, to be said where it stands as a list on a phone: a browser takes what is not laid out as a
 * table for none. They are spread, because a linter takes them for needless.
 */
export const ROLES = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader" },
  cell: { role: "cell" },
} as const;
