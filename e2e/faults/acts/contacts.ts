import { amendContact, confirmContact, contact, putContact, removeContact, setFavourite, type Contact } from '@noroshi/features/contacts';
import { fresh, some, type Act, type Stage } from './act.ts';

const bodies = ['四国地方整備局', '陸上自衛隊 松山駐屯地', '四国電力送配電 宇和島', '県立南予病院'];
const saying = ({ dice }: Stage) => ({
  kind: 'other' as const, name: dice.pick(bodies), kana: '', phones: [{ kind: 'office' as const, number: `0890-00-${String(dice.below(10_000)).padStart(4, '0')}` }],
});

/** What people do in the address book. */
export const contacts: readonly Act[] = [
  {
    act: 'keep the contacts', weight: 2,
    async do(stage, by) {
      const { dice } = stage;
      const now = (await some<Contact>(stage, by, contact.noun, ({ removed }) => !removed))?.value;
      if (!now || dice.chance(0.3)) return by.give(putContact, { id: fresh(), org: dice.chance(0.8) ? stage.house.orgs.ehime : by.who.actor.org, ...saying(stage) });
      const on = { org: now.org, contact: now.id, sees: now.rev };
      const which = dice.below(10);
      if (which < 5) return by.give(amendContact, { ...on, ...saying(stage) });
      return by.give(which < 9 ? confirmContact : removeContact, on);
    },
  },
  {
    act: 'take a favourite, or let it go', weight: 3,
    async do(stage, by) {
      const { dice, house } = stage;
      const now = (await some<Contact>(stage, by, contact.noun))?.value;
      await by.give(setFavourite, { of: now && dice.chance(0.4) ? now.id : dice.pick(house.people).actor.person, on: dice.chance(0.7) });
    },
  },
];
