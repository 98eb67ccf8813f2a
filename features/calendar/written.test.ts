import { expect, it } from 'vitest';
import { emptyWritten, longestNote, withBrought, type Written } from './web/written.ts';

it('Y4 what comes along from a talk is what the appointment is called, and the note; of an older draft nothing is lost, and nothing that was said since stands there', () => {
  const empty = emptyWritten('2030-02-14', '2030-02-13T09:30');
  const meets = (before: Partial<Written>, words: string, gone: readonly string[] = []): [string, string] => {
    const { title, note } = withBrought({ ...empty, ...before }, { words, gone });
    return [title, note];
  };
  expect(meets({}, '連絡会議\n第2会議室')).toEqual(['連絡会議', '第2会議室']);
  expect(meets({ place: '県庁' }, '')).toEqual(['', '']);
  // It was written here before, and has a title: all of it goes below.
  expect(meets({ title: '図上訓練', note: '県庁' }, '連絡会議\n第2会議室')).toEqual(['図上訓練', '県庁\n連絡会議\n第2会議室']);
  expect(meets({ title: '連絡会議', note: '第2会議室' }, '連絡会議\n第2会議室')).toEqual(['連絡会議', '第2会議室']);
  // Once, though a subject and a note keep no blank line between them; and the letters of another word are not these words.
  const [title, note] = meets({}, '連絡会議 \n\n議題は受援計画\n\n第2会議室');
  expect([title, note]).toEqual(['連絡会議', '議題は受援計画\n\n第2会議室']);
  expect(meets({ title, note }, '連絡会議 \n\n議題は受援計画\n\n第2会議室')).toEqual([title, note]);
  expect(meets({ title: '浸水の連絡会議' }, '浸水')).toEqual(['浸水の連絡会議', '浸水']);
  // What came before was said in the talk meanwhile.
  expect(meets({ title: '図上訓練', note: '県庁\n弁当あり' }, '連絡会議\n第2会議室', ['図上訓練\n県庁'])).toEqual(['連絡会議', '第2会議室\n弁当あり']);
  expect(meets({ title: '図上訓練', note: '県庁\n弁当あり' }, '連絡会議', ['図上訓練\n県庁'])).toEqual(['連絡会議', '弁当あり']);
  expect(meets({ title: '図上訓練', note: '県庁の7階' }, '連絡会議', ['図上訓練\n県庁'])).toEqual(['連絡会議', '県庁の7階']);
  expect(meets({}, 'あ'.repeat(5_000))[1]).toHaveLength(longestNote);
});
