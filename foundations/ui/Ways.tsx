import { Icon, type IconName } from './Icon.tsx';
import './ways.css';

export interface Way { readonly icon: IconName; readonly name: string; readonly href: string }

/** Places to go to, by a drawing and a short name each, side by side as far as there is room. `label`: what they have in common, for the ear. */
export const Ways = ({ label, ways }: { label: string; ways: readonly Way[] }) => (
  <ul class="ways" aria-label={label}>
    {ways.map(({ icon, name, href }) => <li key={href}><a class="way" href={href}><Icon name={icon} /><span>{name}</span></a></li>)}
  </ul>
);
