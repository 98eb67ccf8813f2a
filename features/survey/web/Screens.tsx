import type { PageProps } from '@noroshi/foundations/web';
import AnswerPage from './AnswerPage.tsx';
import AskPage from './AskPage.tsx';
import ListPage from './ListPage.tsx';
import SurveyPage from './SurveyPage.tsx';

/** Which screen is asked for: the list, the asking of people, an answer, one survey with what was answered. */
export default function Screens({ params }: PageProps) {
  const { survey, part } = params;
  if (survey === undefined) return <ListPage />;
  if (survey === 'ask') return <AskPage />;
  return part === undefined ? <SurveyPage params={params} /> : <AnswerPage params={params} />;
}
