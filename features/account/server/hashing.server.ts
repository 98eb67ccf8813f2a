import { hash, verify } from '@node-rs/argon2';
import { refused, type Refusal } from '@noroshi/foundations/kernel';
import { passwordForm } from '../password.ts';

/** Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet): some 30 ms on one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashed at once: a guesser must not take the cores and the memory from those who are on the line. */
const atOnce = 2;
/** Waiting at most, in all and from one address. One more is told when to come back. */
const longestLine = 64;
const longestLineOfOne = 8;

/** What is asked of whoever hashes passwords. */
export type Hasher = Pick<Hashing, 'hash' | 'verify'>;

interface Waiting { readonly work: () => Promise<void> }

/**
 * Hashes and verifies passwords in a pool of threads, a few at once. Those who wait are taken in turn by where they
 * come from, so that one address that tries a thousand times holds up nobody else.
 */
export class Hashing {
  readonly #lines = new Map<string, Waiting[]>();
  #waiting = 0;
  #running = 0;

  /** A hash in PHC form, or a refusal when too many wait. */
  hash(password: string, from: string): Promise<string | Refusal> {
    return this.#queue(from, () => hash(passwordForm(password), cost));
  }

  /**
   * Whether a password is the one that was hashed. Without a hash, the same time is taken and the answer is no.
   * @param known the hash in PHC form, or null for nobody's
   */
  verify(known: string | null, password: string, from: string): Promise<boolean | Refusal> {
    return this.#queue(from, async () => {
      const right = await verify(known ?? await nobodys, passwordForm(password));
      return right && known !== null;
    });
  }

  #queue<T>(from: string, work: () => Promise<T>): Promise<T | Refusal> {
    const line = this.#lines.get(from) ?? [];
    if (this.#waiting >= longestLine || line.length >= longestLineOfOne) return Promise.resolve(refused('account.comeBackLater', { seconds: 5 }));
    return new Promise<T>((resolve, reject) => {
      line.push({ work: () => work().then(resolve, reject) });
      this.#lines.set(from, line);
      this.#waiting += 1;
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < atOnce) {
      const first = this.#lines.entries().next();
      if (first.done) return;
      const [from, line] = first.value;
      const { work } = line.shift()!;
      // To the end of the round.
      this.#lines.delete(from);
      if (line.length > 0) this.#lines.set(from, line);
      this.#waiting -= 1;
      this.#running += 1;
      void work().finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }
}

/** What an unknown login is verified against, so that it takes as long as a known one. */
const nobodys = hash('nobody has this password', cost);
