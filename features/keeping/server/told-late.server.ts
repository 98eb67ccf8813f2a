/** What a device has seen by itself and tells when it has a line again; read with the first that does. */
import { person as personNoun, type LateNotes } from '@noroshi/features/directory';
import { incident } from '@noroshi/features/incident';
import { refused, type Actor, type Refusal } from '@noroshi/foundations/kernel';
import { asRefusal, ComeBackLater, type Stair } from '@noroshi/foundations/sync/server';
import { AuditLog, inTime } from './audit-log.server.ts';

/** A clock may go a little ahead (milliseconds). */
const ahead = 5 * 60_000;
/** Nobody keeps a device without a line for longer. */
const oldest = 400 * 86_400_000;
/** What was told sooner than this happened just now (milliseconds). */
const soon = 60_000;

/**
 * Notes what a device tells of its own visitor, once however often it is told. What cannot be is passed over without a word:
 * a time ahead, and whom or what the visitor does not see; so nobody learns by it who there is.
 */
export async function toldLate(stair: Stair, actor: Actor, { by, notes }: LateNotes): Promise<object | Refusal> {
  // Another has signed in here meanwhile: what was seen by somebody is told by them alone, and the device keeps it.
  if (by !== actor.person) return refused('directory.othersNotes');
  try {
    stair.takesQuestion(actor, 1 + notes.length / 10);
  } catch (error) {
    if (!(error instanceof ComeBackLater)) throw error;
    return asRefusal(error);
  }
  const now = stair.now();
  const log = AuditLog.of(stair);
  const written: Promise<void>[] = [];
  for (const { id, what, of, note, at, times, off } of notes) {
    if (at > now + ahead || at < now - oldest || of === by) continue;
    if (of !== undefined && !stair.see(actor, what === 'cardOpened' ? personNoun.noun : incident.noun, of)) continue;
    const it = { what, by, of, note, ...(off ? { off } : {}), ...(off || now - at > soon ? { when: Math.min(at, now) } : {}) };
    if (what === 'cardOpened' && of !== undefined) written.push(log.noteDaily({ ...it, of }));
    else written.push(log.noteOnce({ ...it, ...(times > 1 ? { times } : {}) }, id));
  }
  // The device lets go of what it is told to be written, and of nothing else.
  return (await inTime(Promise.all(written).then(() => undefined))) ? {} : asRefusal(new ComeBackLater('away', 2_000));
}
