import { TypeOverrides } from "pg";
import { unsafeInteger } from "../errors.ts";

const INT8 = 20;
const INT8_ARRAY = 1016;

/** 64-bit integers as numbers. Every amount of satoshis fits (the supply is below 2^53); what does not is an error. */
export const valueTypes = new TypeOverrides();
valueTypes.setTypeParser(INT8, "text", parseInteger);
valueTypes.setTypeParser(INT8_ARRAY, "text", parseIntegerArray);

function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw unsafeInteger(text);
  return value;
}

/** `{1,NULL,3}`, as PostgreSQL writes an array of one dimension. */
function parseIntegerArray(text: string): readonly (number | null)[] {
  const inner = text.slice(1, -1);
  if (inner === "") return [];
  return inner.split(",").map((element) => (element === "NULL" ? null : parseInteger(element)));
}
