import { loadForgetFiles } from '@noroshi/foundations/files/web';
import type { Id } from '@noroshi/foundations/kernel';
import { loadForget } from '@noroshi/foundations/sync/web';
import { askDoor } from './ask-door.ts';
import { lineLock, namesKey } from './kept-names.ts';

/** Words that someone said on this device and could not send before they were signed out. */
export interface Unsent {
  readonly person: Id;
  readonly name: string | undefined;
  readonly count: number;
}

/** Another window of that person closes as soon as it hears of it. One that sleeps is not waited for (milliseconds). */
const patience = 2_000;

/** Takes everyone off this device but who stays. @returns whose unsent words stay behind */
export async function forgetAllBut(stays: Id | undefined): Promise<Unsent[]> {
  const { whoseAreHere } = await loadForget();
  const names = JSON.parse(localStorage.getItem(namesKey) ?? '{}') as Record<Id, string>;
  const unsent: Unsent[] = [];
  for (const person of await whoseAreHere()) {
    if (person === stays) continue;
    const count = await alone(person, () => forget(person));
    if (count > 0) unsent.push({ person, name: names[person], count });
  }
  // Names are kept only as long as what they stand for.
  if (unsent.length > 0) localStorage.setItem(namesKey, JSON.stringify(Object.fromEntries(unsent.map(({ person, name }) => [person, name]))));
  else localStorage.removeItem(namesKey);
  return unsent;
}

/** Asks the server, which does not let this device in any more, whether someone ended that. */
export async function askWhetherEnded(): Promise<'ended' | 'unknown' | 'away'> {
  const told = await askDoor('account.ended');
  if (!told.ok) return 'away';
  return ((await told.json()) as { ended: boolean }).ended ? 'ended' : 'unknown';
}

/** Does something while no window has this person on the line, so that none of them writes what is being taken away. */
async function alone<T>(person: Id, work: () => Promise<T>): Promise<T> {
  let doing: Promise<T> | undefined;
  const begin = (): Promise<T> => (doing ??= work());
  await navigator.locks.request(lineLock(person), { signal: AbortSignal.timeout(patience) }, begin).catch((error: unknown) => { if (doing) throw error; });
  return begin();
}

async function forget(person: Id): Promise<number> {
  const [{ forgetPerson, unsentOf }, { forgetFiles }] = await Promise.all([loadForget(), loadForgetFiles()]);
  const unsent = await unsentOf(person);
  const files = await forgetFiles(person, unsent);
  await forgetPerson(person);
  return unsent.length + files;
}
