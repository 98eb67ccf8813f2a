import { hash } from '@node-rs/argon2';
import { refused, type Refusal } from '@noroshi/foundations/kernel';
import { passwordForm } from '../password.ts';
import { cost, HashingThread } from './hashing-thread.server.ts';

/** Hashed at once: a guesser must not take the cores and the memory from those who are on the line. */
const atOnce = 2;
/** Waiting at most, in all and from one address. One more is told when to come back. */
const longestLine = 64;
const longestLineOfOne = 8;

/** What is asked of whoever hashes passwords. */
export type Hasher = Pick<Hashing, 'hash' | 'verify'>;

type Thread = Pick<HashingThread, 'do'>;

interface Waiting { readonly work: (thread: Thread) => Promise<void> }

/**
 * Hashes and verifies passwords on a few threads that give way to who is on the line. Those who wait are taken in turn by where they
 * come from, so that one address that tries a thousand times holds up nobody else.
 */
export class Hashing {
  readonly #lines = new Map<string, Waiting[]>();
  #waiting = 0;
  readonly #idle: Thread[];

  /** @param threads what hashes, one password at a time each */
  constructor(threads: readonly Thread[] = Array.from({ length: atOnce }, () => new HashingThread())) {
    this.#idle = [...threads];
  }

  /** A hash in PHC form, or a refusal when too many wait. */
  hash(password: string, from: string): Promise<string | Refusal> {
    return this.#queue(from, async (thread) => String(await thread.do({ password: passwordForm(password) })));
  }

  /**
   * Whether a password is the one that was hashed. Without a hash, the same time is taken and the answer is no.
   * @param known the hash in PHC form, or null for nobody's
   */
  verify(known: string | null, password: string, from: string): Promise<boolean | Refusal> {
    return this.#queue(from, async (thread) => {
      const right = await thread.do({ password: passwordForm(password), known: known ?? await nobodys });
      return right === true && known !== null;
    });
  }

  #queue<T>(from: string, work: (thread: Thread) => Promise<T>): Promise<T | Refusal> {
    const line = this.#lines.get(from) ?? [];
    if (this.#waiting >= longestLine || line.length >= longestLineOfOne) return Promise.resolve(refused('account.comeBackLater', { seconds: 5 }));
    return new Promise<T>((resolve, reject) => {
      line.push({ work: (thread) => work(thread).then(resolve, reject) });
      this.#lines.set(from, line);
      this.#waiting += 1;
      this.#next();
    });
  }

  #next(): void {
    while (this.#idle.length > 0) {
      const first = this.#lines.entries().next();
      if (first.done) return;
      const thread = this.#idle.pop()!;
      const [from, line] = first.value;
      const { work } = line.shift()!;
      // To the end of the round.
      this.#lines.delete(from);
      if (line.length > 0) this.#lines.set(from, line);
      this.#waiting -= 1;
      void work(thread).finally(() => {
        this.#idle.push(thread);
        this.#next();
      });
    }
  }
}

/** What an unknown login is verified against, so that it takes as long as a known one. */
const nobodys = hash('nobody has this password', cost);
