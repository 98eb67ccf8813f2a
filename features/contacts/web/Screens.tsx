import { useRoute, type PageProps } from '@noroshi/foundations/web';
import AddressBookPage from './AddressBookPage.tsx';
import ContactPage from './ContactPage.tsx';
import CheckPage from './CheckPage.tsx';
import FilesPage from './FilesPage.tsx';
import RegionsPage from './RegionsPage.tsx';
import WallPage from './WallPage.tsx';
import WritePage from './WritePage.tsx';
import './contacts.css';
import './wall.css';

/** Which screen of the address book is asked for: all of it, the card of someone outside, or what is done with them. */
export default function Screens({ params }: PageProps) {
  const { search } = useRoute();
  const page = params['contact'];
  switch (page) {
    case undefined: return <AddressBookPage />;
    case 'write': return <WritePage key={search.get('contact') ?? 'new'} />;
    case 'files': return <FilesPage />;
    case 'check': return <CheckPage />;
    case 'wall': return <WallPage />;
    case 'regions': return <RegionsPage />;
    default: return <ContactPage id={page} />;
  }
}
