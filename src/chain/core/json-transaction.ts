import { JsonReader } from "./json-reader.ts";
import { notLikeCore } from "./rpc-errors.ts";

/** A coin that an input spends, as `getblock 3` tells it. */
export type JsonCoin = { readonly btc: number; readonly script: Uint8Array; readonly height: number };

export type JsonTransaction = {
  readonly bytes: Uint8Array;
  /** One for each input; `undefined` where the node does not tell what it spends. */
  readonly coins: readonly (JsonCoin | undefined)[];
};

/**
 * Reads the hex of a transaction, and what its inputs spend, out of its JSON. All else, which is most of it, is passed over
 * as bytes: made into text and objects, it kept a new block waiting longer than anything else.
 * @throws AppError `CHAIN_RPC_BAD_REPLY` where it is none with both
 */
export function readJsonTransaction(json: Buffer, what: string): JsonTransaction {
  const told: { bytes?: Uint8Array; coins?: readonly (JsonCoin | undefined)[] } = {};
  const reader = new JsonReader(json);
  reader.object(() => {
    if (reader.nameIs(HEX)) told.bytes = reader.hex();
    else if (reader.nameIs(VIN)) told.coins = readInputs(reader);
    else reader.skip();
  });
  const { bytes, coins = [] } = told;
  if (bytes === undefined || coins.length === 0) throw notLikeCore(`${what} is no transaction with hex and vin`);
  return { bytes, coins };
}

const [HEX, VIN, PREVOUT, VALUE, HEIGHT, SCRIPT] = ["hex", "vin", "prevout", "value", "height", "scriptPubKey"].map(
  (name) => Buffer.from(name),
) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];

function readInputs(reader: JsonReader): (JsonCoin | undefined)[] {
  const coins: (JsonCoin | undefined)[] = [];
  reader.list(() => {
    let coin: JsonCoin | undefined;
    reader.object(() => {
      if (reader.nameIs(PREVOUT)) coin = readCoin(reader);
      else reader.skip();
    });
    coins.push(coin);
  });
  return coins;
}

function readCoin(reader: JsonReader): JsonCoin {
  const told: { btc?: number; height?: number; script?: Uint8Array } = {};
  reader.object(() => {
    if (reader.nameIs(VALUE)) told.btc = reader.number();
    else if (reader.nameIs(HEIGHT)) told.height = reader.number();
    else if (reader.nameIs(SCRIPT))
      reader.object(() => {
        if (reader.nameIs(HEX)) told.script = reader.hex();
        else reader.skip();
      });
    else reader.skip();
  });
  const { btc, height, script } = told;
  if (btc === undefined || height === undefined || script === undefined)
    throw notLikeCore("its getblock spends a coin without value, height or script");
  if (!Number.isInteger(height) || height < 0 || height > 0xffff_ffff)
    throw notLikeCore(`its getblock spends a coin of height ${height}`);
  return { btc, height, script };
}
