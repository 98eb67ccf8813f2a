import type { Result } from './talk.ts';

const sum = (value: unknown): number => (Array.isArray(value) ? value.reduce<number>((all, one) => all + Number(one), 0) : Number(value));
/** What is compared: its name, and where it stands in a result. */
const compared: readonly (readonly [string, (result: Result) => unknown])[] = [
  ['deliveriesPerS', (r) => r['delivPerS']],
  ['ackP99', (r) => (r['ack'] as number[] | undefined)?.[2]],
  ['lastMemberP50', (r) => (r['lastMember'] as number[] | undefined)?.[0]],
  ['lastMemberP99', (r) => (r['lastMember'] as number[] | undefined)?.[2]],
  ['cpuPerDelivery', (r) => r['cpuUsPerDelivery'] && sum(r['cpuUsPerDelivery'])],
  ['cpuPerMsg', (r) => r['cpuUsPerMsg'] && sum(r['cpuUsPerMsg'])],
  ['bytesDownPerDelivery', (r) => r['bytesDownPerDelivery']],
  ['downTotal', (r) => r['downTotal']],
  ['stormMs', (r) => r['reconnect'] && r['all']],
  ['stormCpu', (r) => r['reconnect'] && sum(r['cpuMs'])],
  ['downPerClient', (r) => r['downPerClient']],
  ['kBperConnection', (r) => r['KBperConn']],
];

/** The middle of what was seen in several runs; of two, their geometric mean. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.sqrt(sorted[(sorted.length - 1) >> 1]! * sorted[sorted.length >> 1]!);
}

/** Ours by the peer's, from runs that took turns. One line for each kind of result. */
export function ratios(name: string, ours: readonly Result[][], peers: readonly Result[][]): Result[] {
  return (ours[0] ?? []).map((_result, i) => {
    const values = compared.flatMap(([what, of]) => {
      const [a, b] = [ours, peers].map((runs) => runs.map((run) => Number(run[i] ? (of(run[i]) ?? Number.NaN) : Number.NaN)));
      if (![...a!, ...b!].every((value) => Number.isFinite(value) && value > 0)) return [];
      return [[what, { ours: Math.round(middle(a!) * 100) / 100, peer: Math.round(middle(b!) * 100) / 100, ratio: Math.round((middle(a!) / middle(b!)) * 1000) / 1000 }] as const];
    });
    return { ratios: name, runs: ours.length, ...Object.fromEntries(values) };
  });
}
