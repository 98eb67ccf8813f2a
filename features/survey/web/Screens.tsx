import type { PageProps } from '@noroshi/foundations/web';
import AnswerPage from './AnswerPage.tsx';
import AskPage from './AskPage.tsx';
import ListPage from './ListPage.tsx';
import NewPage from './NewPage.tsx';
import SurveyPage from './SurveyPage.tsx';
import WritePage from './WritePage.tsx';

/** Which screen is asked for: the list, the asking of people, a form while it is made, an answer, one survey with what was answered. */
export default function Screens({ params }: PageProps) {
  const { survey, part } = params;
  if (survey === undefined) return <ListPage />;
  if (survey === 'ask') return <AskPage />;
  if (survey === 'new') return <NewPage />;
  if (survey === 'write' && part !== undefined) return <WritePage params={params} />;
  return part === undefined ? <SurveyPage params={params} /> : <AnswerPage params={params} />;
}
