import { awaitsFiles } from '@noroshi/foundations/files';
import { idShape, refused, type Actor, type Id, type Moment, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens, type Effect, type Facts } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { posted } from './board-post.ts';
import { checkContent, contentShape, ofIncident, type Content } from './content.ts';
import { atDesk, envelope, named, noPlace, writing } from './on-board.ts';

/** When it has to be read, the clock looks who has not. */
export const dueLater = (board: Id, post: Id, { must }: Pick<Content, 'must'>): Effect[] =>
  (must ? [{ later: must.due, step: `due/${must.due}`, command: 'board.fallDue', input: { board, post, due: must.due } }] : []);

/** What whoever writes something new must know. */
export const beforeNew = (input: { readonly board: Id; readonly incident?: Id | undefined }, actor: Actor) => ({ ...atDesk(input, actor), ...named(input.incident) });

/** Whether something new may be written here, to be posted at a moment. */
export function checkNew(facts: Facts<ReturnType<typeof beforeNew>>, input: Content & { readonly incident?: Id | undefined }, at: Moment): Verdict {
  const gone = noPlace(facts);
  if (gone) return gone;
  if (input.incident && (!facts.incident || facts.incident.closedAt !== undefined)) return refused('board.incidentOver');
  return checkContent(input, facts.board, at);
}

/** 掲示する. */
export const postNow = command('board.post', {
  about: 'Posts a notice on a board. The id of the command is the id of the notice.',
  input: z.strictObject({ board: idShape, incident: ofIncident, ...contentShape.def.shape }),
  streams: writing,
  needs: beforeNew,
  may: (_actor, facts, input, { now }) => checkNew(facts, input, now),
  then({ board, incident: of, ...content }, { incident }, _actor, { id }): Effect[] {
    const more = envelope({ ...(of ? { incident: of } : {}), drill: incident?.drill ?? false });
    return [happens(posted, { id, ...content }, more), ...awaitsFiles(id, content.attachments, more), ...dueLater(board, id, content)];
  },
});

export type PostSaid = z.output<typeof postNow.input>;
