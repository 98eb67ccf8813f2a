import { accept, acknowledge, arrive, commit, consider, decline, depart, invite, request, send, type DispatchRequest } from '@noroshi/features/request';
import { some, type Act } from './act.ts';

/** What people do when staff is wanted. */
export const staff: readonly Act[] = [
  {
    act: 'ask for staff', weight: 1,
    async do(stage, by) {
      const { dice, house } = stage;
      const lines = (['shelter', 'houseSurvey'] as const).slice(0, 1 + dice.below(2)).map((duty) => ({ duty, count: 1 + dice.below(20) }));
      await by.give(send, { room: house.groupC, incident: house.incident, lines });
    },
  },
  {
    act: 'answer a request', weight: 6,
    async do(stage, by) {
      const { dice } = stage;
      const now = (await some<DispatchRequest>(stage, by, request.noun))?.value;
      if (!now) return;
      const at = { room: now.room, request: now.id };
      const line = dice.pick(now.lines);
      const { org } = by.who.actor;
      const mine = now.answers[`${line.id}/${org}/1`];
      const part = { line: line.id, wave: 1, sees: mine?.rev ?? 0 };
      const which = dice.below(10);
      if (which < 5) await by.give(commit, { ...at, parts: [{ ...part, count: 1 + dice.below(12) }] });
      else if (which < 6) await by.give(consider, { ...at, parts: [{ ...part, count: 1 + dice.below(5) }] });
      else if (which < 7) await by.give(decline, { ...at, parts: [part], reason: 'noStaff' });
      else if (which < 8) await by.give(acknowledge, at);
      else if (mine) {
        const moved = { ...at, line: line.id, wave: 1, count: 1 + dice.below(mine.count || 1), sees: mine.moves.rev };
        await by.give(which < 9 ? depart : arrive, moved);
      }
    },
  },
  {
    act: 'accept what was offered', weight: 2,
    async do(stage, by) {
      const now = (await some<DispatchRequest>(stage, by, request.noun))?.value;
      const offered = now && Object.values(now.answers).filter((answer) => answer.count > 0);
      if (!now || !offered || offered.length === 0) return;
      const { line, org, wave, rev } = stage.dice.pick(offered);
      await by.give(accept, { room: now.room, request: now.id, parts: [{ line, org, wave, sees: rev }] });
    },
  },
  {
    act: 'ask a town beyond the plan', weight: 0.3,
    async do(stage, by) {
      const now = (await some<DispatchRequest>(stage, by, request.noun))?.value;
      if (now) await by.give(invite, { room: now.room, request: now.id, incident: now.incident, org: stage.house.orgs.ozu });
    },
  },
];
