import { closeIncident } from '@noroshi/features/incident';
import { noted } from '@noroshi/features/talk';
import { refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream, type Effect } from '@noroshi/foundations/sync';

/**
 * これは実災害です: a drill ends in one step because something real has happened, and everyone in its talks is woken with
 * that. The twins close as at any end; the real talk is that of every day. Anyone of the prefecture may. (G8)
 */
export const realNow = command('drill.realNow', {
  about: 'Ends a drill at once because a real disaster has happened, and says so urgently in its talks.',
  input: closeIncident.input,
  streams: closeIncident.streams,
  alone: true,
  offline: false,
  needs: closeIncident.needs,
  may(actor, facts, input, when) {
    const verdict = closeIncident.may(actor, facts, input, when);
    return verdict.ok && !facts.incident!.drill ? refused('drill.notADrill', { name: facts.incident!.name }) : verdict;
  },
  then(input, facts, actor, when): Effect[] {
    const { id, name } = facts.incident!;
    const twins = facts.rooms.filter((place) => place.drill === id && place.twinOf !== undefined && place.closedAt === undefined);
    return [
      ...twins.map((place) => happens(noted, { id: when.newId(`real/${place.id}`), line: 'drill.real', params: { name }, urgency: 'urgent' as const }, { on: roomStream(place.id), incident: id, drill: true })),
      ...closeIncident.then(input, facts, actor, when),
    ];
  },
});
