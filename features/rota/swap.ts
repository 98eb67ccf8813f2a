import { thePerson } from '@noroshi/features/directory';
import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { monthShape, shiftNo, swapAnswered, swapAsked, theRoster } from './roster.ts';
import { mayKeep } from './set-roster.ts';

/** 代わってもらう: whose turn it is, or who keeps the roster, asks another of the same organization to take it over. */
export const askSwap = command('rota.askSwap', {
  about: 'Asks a colleague of the same organization to take over a turn that is not over.',
  input: z.strictObject({ org: idShape, month: monthShape, shift: shiftNo, to: idShape }),
  streams: () => [workspaceStream],
  needs: ({ org, month, to }) => ({ one: theRoster(org, month), to: thePerson(to) }),
  may(actor, { one, to }, { org, shift }, { now }) {
    const it = one?.shifts.find(({ id }) => id === shift);
    if (actor.role === 'guest' || !it) return refused('rota.notFound');
    if (it.person !== actor.person && !mayKeep(actor, org).ok) return refused('rota.notYours');
    if (it.until <= now) return refused('rota.over');
    if (!to || to.org !== org || to.disabled || to.role === 'guest') return refused('rota.notOfTheirs');
    if (to.id === it.person) return refused('rota.theirsAlready');
    return it.asked?.to === to.id ? refused('rota.askedAlready') : allowed;
  },
  then: (input) => [happens(swapAsked, input)],
});

/** 代わる・代われない: whoever was asked answers. Until then it stays with whom it was. */
export const answerSwap = command('rota.answerSwap', {
  about: 'Takes over a turn that one was asked to take over, or says that one cannot.',
  input: z.strictObject({ org: idShape, month: monthShape, shift: shiftNo, accepts: z.boolean() }),
  streams: () => [workspaceStream],
  needs: ({ org, month }) => ({ one: theRoster(org, month) }),
  may(actor, { one }, { shift }, { now }) {
    const it = one?.shifts.find(({ id }) => id === shift);
    if (actor.role === 'guest' || !it) return refused('rota.notFound');
    if (it.asked?.to !== actor.person) return refused('rota.notAsked');
    return it.until <= now ? refused('rota.over') : allowed;
  },
  then: (input) => [happens(swapAnswered, input)],
});
