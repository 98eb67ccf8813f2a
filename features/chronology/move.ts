import { theIncident } from '@noroshi/features/incident';
import { allowed, idShape, refused, type Actor } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { theEntry } from './entry.ts';
import { moved, orderStates, theInstruction, wordShape, type Instruction, type OrderState } from './instruction.ts';

/** To which states someone may bring an instruction: its owner and the prefecture say how far it is, who gave it and the prefecture call it off. (K5) */
export function movesFor(actor: Pick<Actor, 'org' | 'role'>, one: Instruction, headquarters: string): readonly OrderState[] {
  if (actor.role === 'guest' || one.replaced) return [];
  const [owns, gave] = [actor.org === one.owner || actor.org === headquarters, actor.org === one.org || actor.org === headquarters];
  return orderStates.filter((state) => state !== one.state && (state === 'cancelled' ? gave : owns));
}

/** 着手・完了・取消: how far an instruction has come. */
export const move = command('chronology.move', {
  about: 'Says how far an instruction has come: not begun, begun, done; or that it is called off. Names how many steps the writer had seen, so that nobody undoes unseen what a colleague has just said.',
  input: z.strictObject({ incident: idShape, entry: idShape, state: z.enum(orderStates), sees: z.int().check(z.minimum(0)), word: wordShape }),
  streams: () => [workspaceStream],
  needs: ({ incident, entry }) => ({ incident: theIncident(incident), entry: theEntry(entry), one: theInstruction(entry) }),
  may(actor, { incident, entry, one }, { state, sees }) {
    if (actor.role === 'guest') return refused('chronology.notForGuests');
    if (!incident || !entry || !one || one.incident !== incident.id) return refused('chronology.notFound');
    if (entry.corrected) return refused('chronology.correctedAlready', { no: entry.no, by: entry.corrected.no });
    if (one.steps.length !== sees) return refused('chronology.changedMeanwhile', { no: entry.no });
    if (movesFor(actor, one, incident.headquarters).includes(state)) return allowed;
    if (state === one.state) return refused('chronology.sameState', { no: entry.no });
    return refused(state === 'cancelled' ? 'chronology.onlyGiverCancels' : 'chronology.notYourOrder', { no: entry.no });
  },
  then: ({ incident: of, entry, state, word }, { incident }) => [happens(moved, { entry, state, ...(word ? { word } : {}) }, { incident: of, drill: incident!.drill })],
});
