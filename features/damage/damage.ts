/** 被害報告: what is destroyed and who is hurt, report by report, and how much of it nobody knows yet. */
import { feature } from '@noroshi/foundations/sync';
import { damageFacts } from './facts.ts';
import { report } from './report.ts';

export { damageFacts, report };
export { blocksOf, formKinds, formNow, formOf, forms, type Form, type FormField, type FormKind } from './form.ts';
export { changesOf, doubtOf, figuresOf, wordsOf, type Change, type Doubt, type Standing } from './figures.ts';
export { damageSheet, sheetId, theSheet, type DamageSheet, type Report, type Told } from './sheet.ts';

export const damage = feature('damage', { ...damageFacts, deeds: [report] });
