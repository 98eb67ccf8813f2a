/**
 * How long this thread kept a processor busy with some work, in milliseconds. A bound on it holds also on a machine that
 * does something else meanwhile; one on what the clock says does not.
 */
export function busyWith(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
