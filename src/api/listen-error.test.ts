import { expect, test } from "vitest";
import { listenError } from "./listen-error.ts";

test.each([
  ["ENOTFOUND", "cannot listen on 300.1.1.1, port 80: it is neither an address nor a name that is known here"],
  ["EACCES", "cannot listen on 300.1.1.1, port 80: permission denied"],
  ["EODD", "cannot listen on 300.1.1.1, port 80: the system's words"],
])("%s is told in words", (code, message) => {
  expect(listenError(Object.assign(new Error("the system's words"), { code }), "300.1.1.1", 80).message).toBe(message);
});
