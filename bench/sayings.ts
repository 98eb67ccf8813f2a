import type { Dice } from '@noroshi/foundations/testing';

/** What is said in a disaster, as it is said: short answers, reports with numbers and places, long lists; with a fixed seed. */

const towns = ['西予市', '宇和島市', '大洲市', '八幡浜市', '今治市', '松山市', '伊予市', '東温市', '久万高原町', '砥部町', '内子町', '伊方町', '松野町', '鬼北町', '愛南町', '上島町', '新居浜市', '西条市', '四国中央市', '松前町'];
const places = ['野村町', '明浜町', '三瓶町', '宇和町', '城川町', '吉田町', '肱川町', '長浜町', '五郎', '東大洲', '菅田町', '立間', '俵津', '三間町', '津島町', '保内町', '双岩', '中山町', '双海町', '広見'];
const sites = ['小学校', '中学校', '公民館', '体育館', '支所', '集会所', '高等学校', '保育所', '総合福祉センター', '消防団詰所'];
const things = ['飲料水', '毛布', '段ボールベッド', '簡易トイレ', 'おむつ', '粉ミルク', '土のう袋', 'ブルーシート', '発電機', '給水車', '非常食', 'マスク', '消毒液', '軽トラック', 'スコップ', '災害備蓄品'];
const names = ['渡部', '兵頭', '村上', '高橋', '井上', '松本', '二宮', '河野', '宇都宮', '清家', '山下', '三好', '越智', '玉井', '大野', '上甲', '薬師神', '髙岡', '濵田', '菊池'];
const duties = ['避難所運営', '住家被害認定調査', '罹災証明の受付', '物資の仕分け', '給水活動', '災害ごみの受け入れ', '健康相談', '道路の応急復旧'];
const short = ['了解しました。', '承知しました、確認します。', 'ありがとうございます。助かります。', '今から向かいます。', 'こちらは異常ありません。', '折り返し電話します。', '写真を送ります。', 'お疲れさまです。交代します。', '検討します。少し時間をください。', '届きました。', 'OKです', 'はい'];
const rare = ['孤立集落へのヘリコプターによる物資投下', 'ため池の堤体に亀裂', '透析患者の搬送先', '鉄道橋の橋脚が流失', '有線放送の復旧', '文化財の雨漏り', '動物の保護施設', '外国人技能実習生への通訳'];

const n = (dice: Dice, most: number): number => 1 + dice.below(most);

function sentence(dice: Dice): string {
  const [town, place, site, thing] = [dice.pick(towns), dice.pick(places), dice.pick(sites), dice.pick(things)];
  switch (dice.below(10)) {
    case 0: return `${place}${site}の避難者は${n(dice, 300)}人です。${thing}が${n(dice, 200)}個不足しています。`;
    case 1: return `${town}${place}で床上浸水${n(dice, 200)}棟、床下浸水${n(dice, 400)}棟を確認。調査を続けています。`;
    case 2: return `${town}から${dice.pick(duties)}の応援職員${n(dice, 20)}人の派遣を要請します。期間は7月${n(dice, 31)}日から${n(dice, 10)}日間です。`;
    case 3: return `国道${n(dice, 400)}号は${place}付近で土砂崩れのため通行止め。迂回路は県道${n(dice, 300)}号です。`;
    case 4: return `${dice.pick(names)}です。${n(dice, 23)}時${n(dice, 59)}分に${place}${site}へ到着しました。`;
    case 5: return `${thing}${n(dice, 500)}箱を${town}災害対策本部あてに発送しました。到着予定は${n(dice, 23)}時です。`;
    case 6: return `断水は${place}地区の${n(dice, 900)}世帯。給水所を${site}に開設、${n(dice, 12)}時から${n(dice, 6)}トン車で対応します。`;
    case 7: return `${dice.pick(names)}さん、${dice.pick(duties)}の人数を${n(dice, 30)}人に訂正してください。電話は089-${1000 + n(dice, 8999)}-${1000 + n(dice, 8999)}です。`;
    case 8: return `停電は${town}内で約${n(dice, 5000)}戸、復旧の見込みは${n(dice, 24)}時頃。${site}の発電機は${n(dice, 10)}台です。`;
    default: return `${place}の${dice.pick(names)}区長より、住民${n(dice, 40)}名が${site}に避難、要配慮者${n(dice, 8)}名との連絡。`;
  }
}

/** One message. One in five is a word or two, one in fifty a list of a page; what is rare is said once in some ten thousand. */
export function saying(dice: Dice): string {
  const kind = dice.next();
  if (kind < 0.2) return dice.pick(short);
  const sentences = kind < 0.75 ? 1 : kind < 0.98 ? 3 : 20;
  const words = Array.from({ length: sentences }, () => sentence(dice)).join('');
  return dice.chance(0.0001) ? `${words}${dice.pick(rare)}について相談です。` : words;
}
