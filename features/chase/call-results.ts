/** 出た・伝言した・不通・代理が了解 */
export const callResults = ['answered', 'message', 'noAnswer', 'proxy'] as const;
export type CallResult = (typeof callResults)[number];
