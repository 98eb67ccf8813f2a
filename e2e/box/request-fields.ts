import type { Details, LineWords } from '@noroshi/features/request';

/** One field of the dispatch request as the field counts them, and the keys that hold it. */
export interface TheField {
  readonly no: number;
  readonly name: string;
  readonly details?: readonly (keyof Details)[];
  readonly line?: readonly (keyof LineWords)[];
  /** Nobody types it: it follows from who asked, where and when. */
  readonly derived?: boolean;
}

/** 応援職員派遣要請, field by field: the union of the law, the agreements and the forms (Cabinet Office, ICS-213RR, REQ-A). */
export const theFields: readonly TheField[] = [
  { no: 1, name: '要請番号・報番号', derived: true },
  { no: 2, name: '災害名 / 訓練区分', derived: true },
  { no: 3, name: '要請日時・要請手段', details: ['requestedAt', 'means'] },
  { no: 4, name: '要請元市町・要請者', derived: true },
  { no: 5, name: '根拠', details: ['basis'] },
  { no: 6, name: '被害の状況', details: ['damage', 'damageReport'] },
  { no: 7, name: '要請理由', details: ['reason'] },
  { no: 8, name: '業務', line: ['duty', 'dutyText'] },
  { no: 9, name: '職種', line: ['jobType'] },
  { no: 10, name: '人員数', line: ['count'] },
  { no: 11, name: '必要資格・免許・経験', line: ['skills', 'skillsText'] },
  { no: 12, name: '男女配慮', line: ['genderNeed'] },
  { no: 13, name: '期間・1班の日数・交代', details: ['startDate', 'endDate', 'rotationDays'], line: ['waves'] },
  { no: 14, name: '勤務時間帯', line: ['shift'] },
  { no: 15, name: '活動場所と経路', details: ['place', 'route'] },
  { no: 16, name: '集合場所・日時', details: ['meetAt', 'meetPlace'] },
  { no: 17, name: '受入窓口', details: ['receiver'] },
  { no: 18, name: '指揮命令', details: ['commandedBy'] },
  { no: 19, name: '宿泊', details: ['lodging', 'lodgingText'] },
  { no: 20, name: '食事・水・トイレ', details: ['meals'] },
  { no: 21, name: '移動手段・駐車・燃料', details: ['transport'] },
  { no: 22, name: '携行品', details: ['bring', 'bringText'] },
  { no: 23, name: '受援側が用意する物', details: ['provided'] },
  { no: 24, name: '勤務条件・費用負担', details: ['terms', 'costBearer'] },
  { no: 25, name: '安全・健康上の注意', details: ['safety'] },
  { no: 26, name: '優先度・希望到着', details: ['priority', 'neededBy'] },
  { no: 27, name: '代替可否', line: ['substitutes'] },
  { no: 28, name: '添付', details: ['files'] },
  { no: 29, name: '確認状況', details: ['confirmed'] },
];
