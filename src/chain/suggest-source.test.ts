import { expect, test } from "vitest";
import { suggestSource } from "./suggest-source.ts";

test.each([
  ["cor:http://me:secret@host:8332", "did you mean core:?"],
  ["corefiles:/srv/bitcoin", "did you mean core-files:?"],
  ["core_files:/srv/bitcoin", "did you mean core-files:?"],
  ["Core:http://127.0.0.1", "did you mean core:?"],
  ["esplorer:https://host/api", "did you mean esplora:?"],
  ["sinmet:1", "did you mean simnet:?"],
  ["dirs:blocks", "did you mean dir:?"],
  ["http://me:secret@host:8332", "expected core:http://… for a Bitcoin Core node, esplora:http://… for a server"],
  [
    "./blocks",
    "did you mean core-files:… (the data directory of Bitcoin Core) or dir:… (a directory of blocks) before it?",
  ],
  ["~/.bitcoin", expect.stringContaining("core-files:")],
  ["nothing:x", undefined],
  ["dir:", undefined],
  ["moon", undefined],
  ["", undefined],
])("%s: %s", (text, says) => {
  expect(suggestSource(text)).toEqual(says);
});
