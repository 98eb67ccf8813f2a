import { amendPost, answerPost, commentOn, pinPost, planPost, post, postNow, readBody, withdrawPost, type Content, type Post } from '@noroshi/features/board';
import { roomStream } from '@noroshi/foundations/sync';
import { some, type Act, type Stage } from './act.ts';

const answers = ['了解', '参加', '不参加'];

/** Half of the notices must be read, and are answered by a button. */
const notice = ({ dice, token }: Stage, now: number): Content => ({
  title: `お知らせ ${token()}`, category: 'all', body: readBody('■ 受付\n明朝八時から庁舎一階で受け付けます'), comments: dice.chance(0.7),
  ...(dice.chance(0.5) ? { must: { due: now + 20_000 + dice.below(3_600_000), answers } } : {}),
});

/** What people do on the board. */
export const boards: readonly Act[] = [
  {
    act: 'post a notice, now or at a time', weight: 1.2,
    async do(stage, by) {
      const { dice, house: { board } } = stage;
      const content = notice(stage, by.end.now());
      if (dice.chance(0.5)) return by.give(postNow, { board, ...content });
      const { must: _must, ...plain } = content;
      return by.give(planPost, { board, due: by.end.now() + 1_000 + dice.below(25_000), ...plain });
    },
  },
  {
    act: 'read a notice, answer it, write below it', weight: 3,
    async do(stage, by) {
      const { dice } = stage;
      const doc = await some<Post>(stage, by, post.noun);
      if (!doc) return;
      const on = { board: stage.house.board, post: doc.id };
      const which = dice.below(3);
      if (which === 0) await by.show(roomStream(on.board), doc.born, doc.born, true);
      else if (which === 1) await by.give(answerPost, { ...on, answer: dice.below(answers.length) });
      else await by.give(commentOn, { ...on, text: '窓口はどこですか' });
    },
  },
  {
    act: 'change, pin or take back a notice', weight: 1,
    async do(stage, by) {
      const { dice } = stage;
      const doc = await some<Post>(stage, by, post.noun, ({ withdrawn }) => !withdrawn);
      if (!doc) return;
      const on = { board: stage.house.board, post: doc.id };
      const { title, category, body, comments, must } = doc.value;
      const which = dice.below(5);
      if (which < 3) await by.give(amendPost, { ...on, sees: doc.value.rev, title: `${title}（訂正）`.slice(0, 80), category, body, comments, ...(must ? { must } : {}) });
      else if (which < 4) await by.give(pinPost, { ...on, on: dice.chance(0.5) });
      else await by.give(withdrawPost, { ...on, reason: '日程が変わりました' });
    },
  },
];
