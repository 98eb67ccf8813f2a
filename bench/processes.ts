import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Clock ticks of the kernel in a second; 100 on every Linux that Node runs on. */
const ticks = 100;

/** What stands in a file of /proc; nothing once the process has gone. */
const look = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Milliseconds of processor time that one process has used; with `gone`, those too that it had started and that have ended. */
function cpuOfOne(pid: number, gone = false): number {
  const stat = look(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' ? 0 : (fields.slice(11, gone ? 15 : 13).reduce((sum, one) => sum + Number(one), 0) / ticks) * 1000;
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(look(`/proc/${pid}/status`))?.[1] ?? 0);
const nameOf = (pid: number): string => look(`/proc/${pid}/comm`).trim();
const all = (): number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);

/** A process and all that it has started. */
export function family(pid: number): number[] {
  const parents = all().map((one) => [one, parentOf(one)] as const);
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found;
}

/** The postmaster below a process. @throws where there is none */
export function postmasterBelow(pid: number): number {
  const found = family(pid).find((one) => nameOf(one) === 'postgres');
  if (found === undefined) throw new Error(`no PostgreSQL runs below process ${pid}`);
  return found;
}

/** One process alone, or one with all that it has started. */
export interface Measured { readonly pid: number; readonly alone?: boolean }

/** Milliseconds of processor time that they have used so far. */
export const cpuOf = (measured: readonly Measured[]): number[] =>
  measured.map(({ pid, alone }) => (alone ? [pid] : family(pid)).reduce((sum, one) => sum + cpuOfOne(one, !alone), 0));

/** Kilobytes of memory that a process holds. */
export const memoryOf = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(look(`/proc/${pid}/status`))?.[1] ?? 0);

export const sleep = (ms: number): Promise<void> => pause(ms);

/** The value below which this part of all values lies, to a tenth. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return value === undefined ? null : Math.round(value * 10) / 10;
}
