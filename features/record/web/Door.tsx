import { useRoute } from '@noroshi/foundations/web';
import RecordPage from './RecordPage.tsx';
import VerifyPage from './VerifyPage.tsx';

/** The one door of this room. */
export default function Door() {
  return useRoute().path === '/verify' ? <VerifyPage /> : <RecordPage />;
}
