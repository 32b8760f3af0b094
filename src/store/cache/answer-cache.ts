import { BentoCache, bentostore, errors } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { redisDriver } from "bentocache/drivers/redis";
import { EventEmitter } from "node:events";
import type { Logger } from "#lib";
import { openRedis, type RedisLink } from "./redis-link.ts";

/** Answers that this process keeps at most; the largest has some hundred kilobytes. */
const MOST_KEPT = 500;

/** How long a Redis server that failed is left alone. */
const LEFT_ALONE_MS = 2_000;

/** Since the process began. */
export type CacheFigures = {
  readonly hits: number;
  readonly misses: number;
  /** `null`: no Redis server is named. */
  readonly redis: { readonly reachable: boolean } | null;
};

type Options = {
  /** Absent: what others remember is not asked for. */
  readonly redisUrl?: string | undefined;
  /** Tells these answers from those of other databases and programs in the same Redis server. */
  readonly prefix: string;
  readonly logger: Logger;
};

export function openAnswerCache({ redisUrl, prefix, logger }: Options): AnswerCache {
  const redis = redisUrl === undefined ? undefined : openRedis(redisUrl, logger);
  return new AnswerCache(prefix, redis);
}

/** Whoever asks for what is being made waits for the same. A Redis server that is gone costs time, never an answer. */
export class AnswerCache {
  readonly #cache;
  readonly #redis: RedisLink | undefined;
  #hits = 0;
  #misses = 0;

  constructor(prefix: string, redis: RedisLink | undefined) {
    const emitter = new EventEmitter();
    emitter.on("cache:hit", () => (this.#hits += 1));
    this.#redis = redis;
    const memory = bentostore().useL1Layer(memoryDriver({ maxItems: MOST_KEPT, serialize: false }));
    const store = redis === undefined ? memory : memory.useL2Layer(redisDriver({ connection: redis.connection }));
    this.#cache = new BentoCache({
      default: "answers",
      stores: { answers: store },
      prefix,
      emitter,
      suppressL2Errors: true,
      l2CircuitBreakerDuration: LEFT_ALONE_MS,
    });
  }

  /**
   * What `make` gave under this key within so long, here or elsewhere; else what it gives now. What it throws is thrown,
   * and not remembered. Only what JSON can hold comes back as it was, and whoever asks must not change it: others get the same.
   */
  async remember<Answer>(key: string, forMs: number, make: () => Promise<Answer>): Promise<Answer> {
    const factory = (): Promise<Answer> => {
      this.#misses += 1;
      return make();
    };
    try {
      return await this.#cache.getOrSet({ key, ttl: forMs, factory });
    } catch (error) {
      throw error instanceof errors.E_FACTORY_ERROR ? error.cause : error;
    }
  }

  figures(): CacheFigures {
    const redis = this.#redis === undefined ? null : { reachable: this.#redis.isReachable() };
    return { hits: this.#hits, misses: this.#misses, redis };
  }

  close(): void {
    this.#redis?.close();
  }
}
