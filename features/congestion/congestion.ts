/** 回線混雑モード: when lines are choked, the prefecture asks every device to carry less, at once. */
import { feature } from '@noroshi/foundations/sync';
import { declareCongestion } from './declare-congestion.ts';
import { congestionFacts } from './facts.ts';

export { congestionFacts, declareCongestion };
export { congestion, theCongestion, type Congestion } from './order.ts';

export const congestionOrders = feature('congestion', { ...congestionFacts, deeds: [declareCongestion] });
