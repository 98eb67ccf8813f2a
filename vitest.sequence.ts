import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, longest first; measured where three run at once. What is long and begins last is waited for by idle
 * workers, and a fresh clone knows nothing of how long a file took: it would go by their sizes. Those that wait for a thin
 * line or for frames stand beside those that keep the processor.
 */
const long = [
  'thin-line.browser', 'talk.browser', 'every-screen.browser', 'six-hours.browser', 'keeping.browser', 'talk-opens.browser', 'request-true.browser', 'weather.browser', 'chase.browser', 'board.browser', 'incident.browser', 'damage.browser', 'keeping-things.browser',
  'faults.flow', 'bench.flow', 'everything.flow',
  'embedded.pg', 'commands.pg',
];
const place = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((name) => moduleId.includes(`/${name}.test.`));
  return at < 0 ? long.length : at;
};

/** The usual order, but what takes longest of a project begins first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const projects = [...new Set(usual.map(({ project }) => project))];
    return projects.flatMap((one) => usual.filter(({ project }) => project === one).toSorted((a, b) => place(a) - place(b)));
  }
}
