import type { PageProps } from '@noroshi/foundations/web';
import BoardPage from './BoardPage.tsx';
import OpenBoardPage from './OpenBoardPage.tsx';
import PostPage from './PostPage.tsx';
import SettingsPage from './SettingsPage.tsx';
import WritePage from './WritePage.tsx';

/** Which screen of the board is asked for: a notice, the place where one writes, the opening and the tending of a board; else the list. */
export default function Screens({ params }: PageProps) {
  const { page, notice } = params;
  if (notice !== undefined) return <PostPage params={params} />;
  return page === 'write' ? <WritePage /> : page === 'open' ? <OpenBoardPage /> : page === 'settings' ? <SettingsPage /> : <BoardPage />;
}
