import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './embedded-place.server.ts';

/** What PostgreSQL says while it runs. */
export function logFile(place: Place): string {
  return join(place.home, 'postgres.log');
}

export function logSize(place: Place): number {
  return existsSync(logFile(place)) ? statSync(logFile(place)).size : 0;
}

/** What it has said since the log was so long. */
export function logSince(place: Place, from: number): string {
  return readFileSync(logFile(place)).subarray(from).toString('utf8');
}

/** The end of what a program said, in one line. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join(' / ');
}
