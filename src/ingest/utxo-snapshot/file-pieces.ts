import { type FileHandle, open } from "node:fs/promises";
import { AppError, messageOf } from "#lib";

const PIECE_SIZE = 0x10_0000;

export type FilePieces = {
  readonly size: number;
  /** Each holds until the next one is asked for. The next is read from the disk in the meantime. */
  pieces(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
};

/** A file that is read from its beginning, any number of times, in two buffers. */
export async function openPieces(path: string): Promise<FilePieces> {
  const file = await naming(path, () => open(path));
  try {
    const { size } = await naming(path, () => file.stat());
    return { size, pieces: () => readPieces(file, path), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function* readPieces(file: FileHandle, path: string): AsyncIterable<Uint8Array> {
  let [buffer, other] = [new Uint8Array(PIECE_SIZE), new Uint8Array(PIECE_SIZE)];
  const read = async (into: Uint8Array, position: number): Promise<number> => {
    const { bytesRead } = await naming(path, () => file.read(into, 0, PIECE_SIZE, position));
    return bytesRead;
  };
  let position = 0;
  let size = await read(buffer, position);
  while (size > 0) {
    position += size;
    const next = read(other, position);
    // Whoever stops listening must not be told of it by a crash; whoever goes on hears of it below.
    next.catch(() => undefined);
    yield buffer.subarray(0, size);
    size = await next;
    [buffer, other] = [other, buffer];
  }
}

async function naming<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new AppError("INGEST_SNAPSHOT_UNREADABLE", `cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
