/**
 * 業務: what staff are asked for. After the Cabinet Office's list of duties for which a hit town takes help
 * (市町村のための人的応援の受入れに関する受援計画作成の手引き). A request stores the code: never rename one or take it out.
 * The first five stand on the short form; their words are `request.duty.<code>` in the language files.
 */
export const dutyCodes = [
  'shelter', 'houseSurvey', 'certificate', 'water', 'supplies',
  'headquarters', 'consultation', 'health', 'buildingSafety', 'landSafety', 'waste', 'waterworks', 'roads', 'housing',
  'donations', 'volunteers', 'publicRelations', 'counter', 'liaison', 'other',
] as const;
export type DutyCode = (typeof dutyCodes)[number];

/** How many of them the short form shows at once. */
export const commonDuties = 5;
