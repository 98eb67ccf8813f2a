import { useRoute, type PageProps } from '@noroshi/foundations/web';
import EditPage from './EditPage.tsx';
import MonthPage from './MonthPage.tsx';
import TonightPage from './TonightPage.tsx';
import './rota.css';

/** Which screen of the rota is asked for: who holds the line now, a month of an organization, or the writing of one. */
export default function Screens({ params }: PageProps) {
  const { path, search } = useRoute();
  const month = search.get('month') ?? undefined;
  if (params['org'] === undefined) return <TonightPage />;
  return path.endsWith('/edit') ? <EditPage key={`${params['org']} ${month}`} org={params['org']} wanted={month} /> : <MonthPage org={params['org']} wanted={month} />;
}
