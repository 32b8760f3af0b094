import { expect, test } from "vitest";
import { worstState } from "./connection.ts";

test("the page is as live as the worse of its streams", () => {
  expect(worstState([undefined, undefined])).toBe("connecting");
  expect(worstState(["live", undefined])).toBe("live");
  expect(worstState(["live", "connecting"])).toBe("connecting");
  expect(worstState(["reconnecting", "live"])).toBe("reconnecting");
  expect(worstState(["reconnecting", "offline"])).toBe("offline");
});
