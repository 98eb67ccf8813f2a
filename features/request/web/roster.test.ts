import { describe, expect, it } from 'vitest';
import { joinedPledges, pastedStaff, pledgeOf, tidyPledge } from './roster.ts';

describe('names of those who come', () => {
  it('come out of a spreadsheet one person a row: name, section, post, telephone', () => {
    expect(pastedStaff('村上 剛\t危機管理課\t係長\t０８９７－５６－５１５１\r\n越智 葵\t福祉課\n\n')).toEqual([
      { name: '村上 剛', section: '危機管理課', post: '係長', phone: '０８９７－５６－５１５１' }, { name: '越智 葵', section: '福祉課' },
    ]);
    // A name pasted alone is only a name; the field takes it as it is.
    expect(pastedStaff('村上 剛')).toEqual([]);
    expect(pastedStaff(Array.from({ length: 300 }, (_, i) => `職員${i}\t課`).join('\n'))).toHaveLength(100);
  });

  it('are sent without what is empty, with telephones as they were meant', () => {
    const { pledge, wrong } = tidyPledge({
      leader: ' 村上 剛 ', leaderPhone: '（0897）56-5151', vehicles: ' ', staff: [{ name: ' 村上 剛', post: '係長 ', phone: '０９０-1234-5678', skills: [] }, { name: '' }], lodgingNeeded: false,
    });
    expect([...wrong]).toEqual([]);
    expect(pledge).toEqual({ leader: '村上 剛', leaderPhone: '0897-56-5151', staff: [{ name: '村上 剛', post: '係長', phone: '090-1234-5678' }], lodgingNeeded: false });
  });

  it('say where a number cannot ring and where a name is missing', () => {
    const { wrong } = tidyPledge({ leaderPhone: '内線12', staff: [{ name: '村上 剛', phone: '5' }, { name: ' ', section: '福祉課' }] });
    expect([...wrong].map(([at, { code }]) => [at, code])).toEqual([['staff/0/phone', 'import.phone'], ['staff/1/name', 'request.nameStaff'], ['leaderPhone', 'import.phone']]);
  });

  it('are gathered from all lines an organization answered, each person once', () => {
    const go = { name: '村上 剛' };
    expect(joinedPledges([{ vehicles: '2台', staff: [go] }, { vehicles: '9台', cost: '10万円', staff: [go, { name: '越智 葵' }] }])).toEqual({ vehicles: '2台', cost: '10万円', staff: [go, { name: '越智 葵' }] });
    expect(joinedPledges([])).toEqual({});
  });

  it('are found again in what was not taken', () => {
    expect(pledgeOf({ room: 'r', request: 'q', parts: [], leader: '村上 剛', whole: true })).toEqual({ leader: '村上 剛' });
  });
});
