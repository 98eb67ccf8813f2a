import { answerPost, commentOn, openBoard, planPost, postNow, readBody } from '@noroshi/features/board';
import { cardIdOf, ring, takeCard } from '@noroshi/features/chase';
import { enter, move } from '@noroshi/features/chronology';
import { report } from '@noroshi/features/damage';
import { openIncident } from '@noroshi/features/incident';
import { approveRedaction, proposeRedaction, putHold, setTerm } from '@noroshi/features/keeping';
import { exportRecord } from '@noroshi/features/record';
import { accept, acknowledge, commit, depart, send as askForStaff } from '@noroshi/features/request';
import { answer, react, say } from '@noroshi/features/talk';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { calendarScenes } from './calendar-scenes.ts';
import { contactScenes } from './contact-scenes.ts';
import { drillScenes } from './drill-scenes.ts';
import { pastScenes } from './past-scenes.ts';
import { demoPeople } from './people.ts';
import type { DemoPhoto } from './photos.ts';
import { rotaScenes } from './rota-scenes.ts';
import type { Names, Scene } from './scene.ts';
import { surveyScenes } from './survey-scenes.ts';

type Words = { text?: string; urgency?: 'important' | 'urgent'; sticker?: string; replyTo?: Id; mentions?: Id[]; place?: { name: string; lat: number; lon: number }; photo?: DemoPhoto };

/**
 * The first hours of the flood of July 2018, half played: three towns are hit; one has asked for staff and its primary
 * supporter has just said that it has it; for another, some are on their way and some are still short; and someone has not read. The flood was real; the people, the words and the
 * figures here are invented. Times are told as minutes before now, so that clocks run while one looks.
 * @param now when the demo is made
 */
export function story(names: Names, now: Moment): readonly Scene[] {
  const { org, room, thing } = names;
  const incident = thing('incident');
  const scenes: Scene[] = [];
  const told = (ago: number, as: string, where: 'A' | 'B' | 'C' | 'all', label: string, { photo, ...words }: Words): void => {
    scenes.push({ ago, as, label, deed: say, input: { room: room(where), ...words }, ...(photo ? { photo } : {}) });
  };
  const answered = (ago: number, as: string, where: 'A' | 'B' | 'C' | 'all', message: string, given: 'agreed' | 'considering' | 'cannot', word?: string): void => {
    scenes.push({ ago, as, label: `${message}/${as}`, deed: answer, input: { room: room(where), message: thing(message), answer: given, ...(word ? { word } : {}) } });
  };

  // Before: an ordinary week.
  told(2 * 24 * 60, 'ehime/towns', 'all', 'all/greeting', { text: '4月からの異動で連絡先が変わった市町は、住所録の直しをお願いします。優先電話の番号も忘れずに。' });
  told(2 * 24 * 60 - 40, 'imabari/personnel', 'all', 'all/greeting/re', { text: '今治市、更新しました。', replyTo: thing('all/greeting') });
  // Something that should not stand there was written, and two administrators took it out.
  told(2 * 24 * 60 - 55, 'imabari/personnel', 'all', 'all/number', { text: '（個人の携帯番号を書いたもの）' });
  const blacked = { room: room('all'), message: thing('all/number') };
  scenes.push({ ago: 2 * 24 * 60 - 70, as: 'ehime/hanako', label: 'all/number/ask', deed: proposeRedaction, input: { ...blacked, parts: ['text'], reason: '個人の電話番号のため' } });
  scenes.push({ ago: 2 * 24 * 60 - 80, as: 'ehime/towns', label: 'all/number/agree', deed: approveRedaction, input: { ...blacked, redaction: thing('all/number/ask') } });
  told(26 * 60, 'ehime/desk', 'all', 'all/rain', { text: '前線が停滞し、あすにかけて県内全域で大雨のおそれがあります。夜間の連絡体制を確認しておいてください。', urgency: 'important' });
  for (const [i, key] of ['ehime/hanako', 'seiyo/disaster', 'seiyo/deputyHead', 'ozu/disaster', 'uwajima/disaster', 'saijo/disaster', 'iyo/disaster', 'iyo/personnel', 'niihama/disaster', 'matsuyama/disaster'].entries()) {
    answered(26 * 60 - 12 - i * 7, key, 'all', 'all/rain', 'agreed');
  }

  scenes.push(...calendarScenes(names, now), ...rotaScenes(names, now), ...surveyScenes(names, now), ...contactScenes(names), ...pastScenes(names, now));
  // The board: for everyone, written by the prefecture. One notice has to be read and is not by all; one is still to come.
  const board = thing('board');
  const everyone = [...new Set(demoPeople.filter(({ role }) => role !== 'guest').map((who) => org(who.org)))];
  scenes.push({
    ago: 20 * 24 * 60, as: 'ehime/hanako', label: 'board/open', deed: openBoard,
    input: {
      id: board, name: '県からのお知らせ', short: '掲示', categories: [{ id: 'news', name: 'お知らせ' }, { id: 'forms', name: '様式・手引' }, { id: 'drills', name: '訓練・研修' }],
      readers: { orgs: everyone, people: [] }, writers: { orgs: [org('愛媛県')], people: [] },
    },
  });
  const posted = (ago: number, as: string, label: string, title: string, category: string, text: string, more: object = {}): void => {
    scenes.push({ ago, as, label, deed: postNow, input: { board, title, category, body: readBody(text), comments: false, ...more } });
  };
  posted(9 * 24 * 60, 'ehime/plans', 'board/guide', '応援職員の受入手引（2018年度版）', 'forms', '受入窓口・宿泊・携行品の確かめ方をまとめました。発災の前に一度読んでおいてください。\n\n■ 変わったところ\n・受入窓口は市町ごとに2人\n・名簿は交代のたびに更新', { pinned: true });
  posted(40, 'ehime/desk', 'board/roads', '通行止めと迂回路（7月7日）', 'news', '■ 通行止め\n・県道29号\n・国道441号\n\n■ 迂回路\n1. 高速は**西予宇和インター**まで\n2. 野村へは国道197号から', { comments: true });
  posted(33, 'ehime/hanako', 'board/forms', '罹災証明書の様式と判定の統一について', 'forms', '住家被害認定調査と罹災証明書の交付を、被災した市で同じ様式・同じ判定で行います。応援に入る市町も、この様式を使ってください。\n\n■ お願いすること\n1. 調査票は県の様式を使う\n2. 床上浸水の深さは、外壁の**最も低い点**から測る\n3. 判定に迷うときは「保留」とし、県の相談窓口に写真を送る', { comments: true, must: { due: now + 6 * 3_600_000, answers: ['確認しました'] } });
  for (const [i, as] of ['saijo/disaster', 'ozu/disaster', 'matsuyama/disaster', 'toon/disaster', 'iyo/personnel', 'niihama/disaster'].entries()) {
    scenes.push({ ago: 29 - i * 3, as, label: `board/forms/${as}`, deed: answerPost, input: { board, post: thing('board/forms'), answer: 0 } });
  }
  scenes.push({ ago: 17, as: 'ozu/disaster', label: 'board/forms/question', deed: commentOn, input: { board, post: thing('board/forms'), text: '一部損壊の写真は何枚送ればよいですか。' } });
  scenes.push({ ago: 12, as: 'ehime/hanako', label: 'board/forms/answer', deed: commentOn, input: { board, post: thing('board/forms'), text: '四方から1枚ずつと、傷んだところをお願いします。' } });
  scenes.push({ ago: 10, as: 'ehime/send', label: 'board/lodging', deed: planPost, input: { board, due: now + 3 * 3_600_000, title: '応援職員の宿泊先 一覧', category: 'news', body: readBody('今夜泊まれるところを、17時の時点でまとめて掲示します。'), comments: false } });

  scenes.push(...drillScenes(names));

  // The morning.
  told(118, 'ehime/hanako', 'all', 'all/warning', { text: '南予の各市町に土砂災害警戒情報が出ています。県は災害対策本部を設置しました。まず住民と職員の安全を優先し、わかったところから状況を知らせてください。', urgency: 'urgent' });
  for (const [i, key] of ['seiyo/disaster', 'seiyo/deputyHead', 'ozu/deputyHead', 'uwajima/deputyHead', 'saijo/deputyHead', 'saijo/disaster', 'iyo/deputyHead', 'matsuyama/deputyHead', 'niihama/disaster', 'shikokuchuo/disaster', 'toon/disaster', 'tobe/disaster', 'uchiko/deputyHead'].entries()) {
    answered(116 - i * 2, key, 'all', 'all/warning', 'agreed');
  }
  scenes.push({
    ago: 96, as: 'ehime/hanako', label: 'incident/open', deed: openIncident,
    input: { id: incident, name: '平成30年7月豪雨', kind: 'flood', drill: false, affected: ['西予市', '大洲市', '宇和島市'].map(org) },
  });

  // Group C: Seiyo is hit, Saijo helps first.
  told(88, 'seiyo/deputyHead', 'C', 'C/flood', { text: '野村町で肱川があふれ、市街地が浸水しています。2階や屋上へ逃げた方がいて、消防が救助に向かっています。市役所野村支所も1階が浸かり、電話がつながりにくくなっています。', urgency: 'urgent', photo: 'flood', place: { name: '西予市野村町野村', lat: 33.3816, lon: 132.6389 } });
  answered(86, 'saijo/disaster', 'C', 'C/flood', 'agreed', '危機管理課で共有しました');
  answered(85, 'ehime/hanako', 'C', 'C/flood', 'agreed');
  answered(82, 'saijo/deputyHead', 'C', 'C/flood', 'agreed');
  answered(79, 'iyo/disaster', 'C', 'C/flood', 'agreed');
  answered(71, 'tobe/disaster', 'C', 'C/flood', 'agreed');
  told(83, 'saijo/disaster', 'C', 'C/gather', { text: '西条市です。職員の参集を始めています。何人規模になりそうか、見込みだけでも早めに教えてください。先に名簿をつくっておきます。' });
  told(78, 'ehime/desk', 'C', 'C/roads', { text: '県道29号と国道441号は通行止めです。高速は宇和インターまで通れます。応援に出る方は宇和から入ってください。' });
  scenes.push({ ago: 76, as: 'saijo/disaster', label: 'C/roads/thanks', deed: react, input: { room: room('C'), message: thing('C/roads'), reaction: 'thanks', on: true } });
  told(64, 'seiyo/disaster', 'C', 'C/shelters', { text: '避難所は12か所、わかっているだけで約900人です。職員だけでは夜の交代が組めません。', photo: 'shelter' });
  told(55, 'iyo/personnel', 'C', 'C/iyo', { text: '伊予市総務課です。市内の被害は小さく、応援に出せる職員を課ごとに確認しています。' });
  // Iyo's deputy mayor has not answered: a colleague rings, in vain so far.
  const iyoDeputy = thing('person/iyo/deputyHead');
  scenes.push({ ago: 52, as: 'iyo/personnel', label: 'C/card', deed: takeCard, input: { room: room('C'), noun: 'message', thing: thing('C/flood'), whom: iyoDeputy } });
  scenes.push({ ago: 50, as: 'iyo/personnel', label: 'C/card/rang', deed: ring, input: { room: room('C'), card: cardIdOf(thing('C/flood'), iyoDeputy), result: 'noAnswer', word: '移動中のようです。あとでかけ直します' } });
  told(41, 'seiyo/deputyHead', 'C', 'C/thanks', { text: '心強いです。人数がまとまりしだい、ここで正式にお願いします。' });
  told(39, 'tobe/personnel', 'C', 'C/sticker', { sticker: 'ganbarou' });
  scenes.push({
    ago: 14, as: 'seiyo/deputyHead', label: 'request', deed: askForStaff,
    input: {
      room: room('C'), incident,
      lines: [{ duty: 'shelter', count: 12, shift: 'allDay' }, { duty: 'houseSurvey', count: 4, skillsText: '住家被害認定調査の経験がある方' }],
      details: {
        reason: '避難所12か所を市の職員だけで昼夜運営することが難しく、住家の被害も広い範囲に及んでいるため。',
        place: { name: '西予市役所（宇和町卯之町）', lat: 33.363, lon: 132.511 },
        route: '松山自動車道 西予宇和インターから5分。野村方面は通行止め。',
        receiver: { section: '危機管理課', name: '三好 理恵', phone: '0894-00-0190' },
        lodging: 'byAsker', priority: 'urgent', confirmed: 'estimate',
      },
    },
  });
  scenes.push({ ago: 9, as: 'saijo/disaster', label: 'request/received', deed: acknowledge, input: { room: room('C'), request: thing('request') } });
  told(6, 'saijo/disaster', 'C', 'C/received', { text: '要請を受け取りました。避難所運営は集まりそうです。人数を固めて、まもなくお返事します。' });
  told(3, 'seiyo/disaster', 'C', 'C/water', { text: '宇和町でも断水が始まりました。飲み水は県の給水車を待っています。', photo: 'water' });

  // Group B: Ozu is hit.
  told(81, 'ozu/deputyHead', 'B', 'B/flood', { text: '大洲市です。肱川の水位が上がり続け、東大洲で広く浸水しています。避難所は22か所を開けました。', urgency: 'urgent' });
  answered(77, 'shikokuchuo/disaster', 'B', 'B/flood', 'agreed');
  answered(74, 'imabari/disaster', 'B', 'B/flood', 'agreed');
  answered(69, 'matsuyama/disaster', 'B', 'B/flood', 'agreed');
  told(70, 'shikokuchuo/deputyHead', 'B', 'B/first', { text: '四国中央市です。一次支援として準備に入ります。連絡員を1人、先に大洲へ向かわせます。' });
  told(47, 'uchiko/disaster', 'B', 'B/uchiko', { text: '内子町も川沿いで浸水があり、当面は自分の町の対応にあたります。すみません。' });
  scenes.push({
    ago: 42, as: 'ozu/deputyHead', label: 'ozu/request', deed: askForStaff,
    input: {
      room: room('B'), incident,
      lines: [{ duty: 'shelter', count: 8, genderNeed: '男女とも' }, { duty: 'supplies', count: 6, skills: ['forkliftLicence'] }],
      details: {
        reason: '避難所22か所の運営と、届きはじめた物資の仕分けに人手が足りないため。', place: { name: '大洲市役所', lat: 33.506, lon: 132.545 },
        receiver: { section: '総務課', name: '梶原 里奈', phone: '0893-00-0230' }, lodging: 'bySupporter', priority: 'urgent', confirmed: 'estimate',
      },
    },
  });
  scenes.push({ ago: 40, as: 'shikokuchuo/disaster', label: 'ozu/received', deed: acknowledge, input: { room: room('B'), request: thing('ozu/request') } });
  scenes.push({
    ago: 24, as: 'shikokuchuo/deputyHead', label: 'ozu/commit', deed: commit,
    input: {
      room: room('B'), request: thing('ozu/request'), leader: '森実 大輝', vehicles: '公用車3台',
      parts: [{ line: 1, wave: 1, count: 8, sees: 0 }, { line: 2, wave: 1, count: 3, sees: 0 }],
    },
  });
  scenes.push({ ago: 22, as: 'ozu/deputyHead', label: 'ozu/accept', deed: accept, input: { room: room('B'), request: thing('ozu/request'), parts: [{ line: 1, wave: 1, org: org('四国中央市'), sees: 1 }, { line: 2, wave: 1, org: org('四国中央市'), sees: 1 }] } });
  scenes.push({ ago: 8, as: 'shikokuchuo/disaster', label: 'ozu/depart', deed: depart, input: { room: room('B'), request: thing('ozu/request'), line: 1, wave: 1, count: 5, sees: 0 } });
  told(7, 'shikokuchuo/disaster', 'B', 'B/departed', { text: '第1便の5人が出発しました。松山道経由で向かいます。' });
  told(30, 'ozu/disaster', 'B', 'B/figures', { text: '床上浸水は数え切れていません。いまの時点では「未確認」としてください。' });

  // What is destroyed: Seiyo has told more once, Ozu knows little yet, Uwajima has told nothing.
  const damageOf = (ago: number, as: string, town: string, group: 'B' | 'C', sees: number, source: string, figures: Readonly<Record<string, number | null>>, words: readonly { key: string; text: string }[]): void => {
    scenes.push({
      ago, as, label: `damage/${town}/${sees + 1}`, deed: report,
      input: { incident, town: org(town), room: room(group), kind: 'short', form: 1, sees, asOf: now - (ago + 4) * 60_000, told: Object.entries(figures).map(([key, n]) => ({ key, n, confirmed: false, asOf: now - (ago + 4) * 60_000, source })), words },
    });
  };
  damageOf(72, 'seiyo/disaster', '西予市', 'C', 0, '野村支所と消防', { dead: null, missing: null, 'destroyed.buildings': null, 'floodedAbove.buildings': null, shelters: 5, evacuees: 420 }, [{ key: 'overview', text: '野村町で肱川があふれ、市街地が広く浸水。' }]);
  damageOf(28, 'seiyo/disaster', '西予市', 'C', 1, '消防', { missing: 3, 'floodedAbove.buildings': 200, shelters: 12, evacuees: 900 }, []);
  damageOf(44, 'ozu/disaster', '大洲市', 'B', 0, '市災害対策本部', { dead: null, missing: null, 'floodedAbove.buildings': null, shelters: 22 }, [{ key: 'overview', text: '東大洲で広く浸水。' }]);

  // What headquarters keeps beside it: what came by telephone, what was decided and who was told, and one number that was heard wrong.
  const recorded = (ago: number, as: string, label: string, before: number, words: object): void => {
    scenes.push({ ago, as, label: `chronology/${label}`, deed: enter, input: { incident, on: now - (ago + before) * 60_000, channel: 'phone', ...words } });
  };
  recorded(90, 'ehime/hanako', 'headquarters', 2, { kind: 'decision', channel: 'inPerson', content: '第1回災害対策本部会議。南予3市の被害の把握を最優先とし、警察・消防・自衛隊と連絡調整を始める。', unit: '統括班' });
  recorded(80, 'ehime/hanako', 'nomura', 6, { kind: 'damage', content: '野村町で肱川があふれ、市街地が浸水。屋上に避難している人がいる。', from: '西予市', channel: 'talk', place: '野村町野村', town: org('西予市'), source: { room: room('C'), message: thing('C/flood') } });
  recorded(60, 'ehime/desk', 'hospital', 25, { kind: 'report', content: '西予市民病院、非常用発電で運転中。燃料はあと12時間。', from: '八幡浜保健所', to: '県 医療班', unit: '医療班', town: org('西予市') });
  recorded(50, 'ehime/desk', 'hospital/again', 35, { kind: 'report', content: '西予市民病院、非常用発電で運転中。燃料はあと20時間。', from: '八幡浜保健所', to: '県 医療班', unit: '医療班', town: org('西予市'), corrects: thing('chronology/hospital') });
  recorded(46, 'ehime/hanako', 'water', 0, { kind: 'order', channel: 'inPerson', content: '宇和島市吉田町へ給水車を回す。台数を今夜までに決める。', from: '県 統括班', unit: '物資班', town: org('宇和島市'), order: { owner: org('愛媛県'), person: thing('person/ehime/desk'), due: now - 10 * 60_000 } });
  recorded(45, 'ehime/hanako', 'roads', 0, { kind: 'order', channel: 'inPerson', content: '野村方面の通行できる道路を調べ、各市町へ知らせる。', from: '県 統括班', unit: '道路班', order: { owner: org('愛媛県'), person: thing('person/ehime/roads'), due: now + 90 * 60_000 } });
  recorded(43, 'ehime/hanako', 'missing', 0, { kind: 'order', content: '連絡の取れない人の名簿をつくり、県へ送る。', from: '県 統括班', to: '西予市', town: org('西予市'), order: { owner: org('西予市'), due: now + 40 * 60_000 } });
  scenes.push({ ago: 33, as: 'ehime/roads', label: 'chronology/roads/begun', deed: move, input: { incident, entry: thing('chronology/roads'), state: 'begun', sees: 0 } });
  scenes.push({ ago: 32, as: 'ehime/roads', label: 'chronology/roads/done', deed: move, input: { incident, entry: thing('chronology/roads'), state: 'done', sees: 1, word: '国道378号が片側通行で通れます。トークで知らせました' } });
  recorded(15, 'ehime/desk', 'army', 3, { kind: 'report', channel: 'radio', content: '自衛隊の先遣隊、西予市役所に到着。', from: '自衛隊連絡員', to: '県 統括班', place: '西予市役所', town: org('西予市') });

  // What has been said so far goes to who keeps the record.
  // A number that should not stand in the chronology was taken out of it, with its place kept.
  recorded(30, 'ehime/desk', 'number', 2, { kind: 'report', content: '（個人の携帯番号を書いたもの）', from: '西予市 住民', town: org('西予市') });
  const line = { thing: { noun: 'chronicleEntry', id: thing('chronology/number') } };
  scenes.push({ ago: 20, as: 'ehime/hanako', label: 'chronology/number/ask', deed: proposeRedaction, input: { ...line, parts: ['text', 'people'], reason: '個人の電話番号のため' } });
  scenes.push({ ago: 18, as: 'ehime/towns', label: 'chronology/number/agree', deed: approveRedaction, input: { ...line, redaction: thing('chronology/number/ask') } });
  // For how long it is kept, and a hold until it has been looked into.
  scenes.push({ ago: 7, as: 'ehime/hanako', label: 'keeping/term', deed: setTerm, input: { incident, years: 10 } });
  scenes.push({ ago: 6, as: 'ehime/hanako', label: 'keeping/hold', deed: putHold, input: { incident, reason: '災害対応の検証が終わるまで' } });
  scenes.push({ ago: 5, as: 'ehime/hanako', label: 'record/export', deed: exportRecord, input: { incident } });

  // Group A: Uwajima is hit.
  told(74, 'uwajima/deputyHead', 'A', 'A/slides', { text: '吉田町で土砂崩れが多発し、孤立している集落があります。道がふさがり、まだ全体がつかめません。', urgency: 'urgent', photo: 'landslide', place: { name: '宇和島市吉田町', lat: 33.2742, lon: 132.5372 } });
  answered(70, 'niihama/disaster', 'A', 'A/slides', 'agreed');
  answered(66, 'matsuyama/deputyHead', 'A', 'A/slides', 'agreed');
  answered(58, 'masaki/disaster', 'A', 'A/slides', 'agreed');
  told(62, 'niihama/deputyHead', 'A', 'A/first', { text: '新居浜市です。土木の技術職員も含めて出せる人数を調べています。' });
  told(35, 'ehime/roads', 'A', 'A/roads', { text: '県の土木です。吉田町へは海側の国道378号が片側通行で通れます。' });
  told(20, 'uwajima/disaster', 'A', 'A/water', { text: '吉田浄水場が土砂で止まり、断水が長引きそうです。給水の応援もお願いすることになると思います。' });

  return scenes.toSorted((a, b) => b.ago - a.ago);
}
