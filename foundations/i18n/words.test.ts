import { expect, it } from 'vitest';
import { english } from './en.ts';
import { japanese } from './ja.ts';
import { inMinutes, untilSays, words } from './words.ts';

const [ja, en] = [words('ja', japanese), words('en', english)];
const minute = 60_000;
const now = Date.parse('2026-07-07T05:00:00+09:00');

it('says minutes up to an hour and hours from then on, the same on Home and in the list', () => {
  expect([23, 59, 60, 300].map((n) => untilSays(now + n * minute, now, ja))).toEqual(['05:23まで・あと23分', '05:59まで・あと59分', '06:00まで・あと1時間0分', '10:00まで・あと5時間0分']);
  expect(untilSays(now + 300 * minute, now, en)).toBe('Until 10:00, 5 h 0 min left');
  // A minute that has begun is still there, and no time is less than none.
  expect([untilSays(now + 1, now, ja), untilSays(now - minute, now, ja)]).toEqual(['05:00まで・あと1分', '04:59まで・あと0分']);
  expect([inMinutes('home.late', 61, ja), inMinutes('request.answerBy', 90, en, { time: '06:30' })]).toEqual(['期限を1時間1分過ぎました', 'Please answer by 06:30. 1 h 30 min left']);
});

it('says nothing of the machine to whoever does not tend it: what they can see, and what they can do', () => {
  const ofTheMachine = /サーバー|サインイン|サインアウト|輻輳|プッシュ|同期|キャッシュ|トークン|ストリーム|クライアント|セッション/;
  // Headquarters asks how many devices are on which machine; records and what is taken out of them are an administrator's.
  const tended = /^(api|record|keeping|audit)\.|^situation\.(noDevicesHere|severalServers)$/;
  expect(Object.entries(japanese).filter(([key, says]) => !tended.test(key) && ofTheMachine.test(says))).toEqual([]);
});
