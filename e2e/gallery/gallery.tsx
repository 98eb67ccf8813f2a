import '@noroshi/foundations/ui/form.css';
import { render } from 'preact';
import { chase } from './scenes/chase.tsx';
import { drill } from './scenes/drill.tsx';
import { home, offline, peace } from './scenes/home.tsx';
import { incident } from './scenes/incident.tsx';
import { parts } from './scenes/parts.tsx';
import { pledge, request, requestShort } from './scenes/request.tsx';
import { readers, talk } from './scenes/talk.tsx';

/** Every part with real words, and the screens they are meant to make. `?scene=talk&theme=dark&text=200` */
const scenes = { parts, home, peace, offline, talk, readers, requestShort, pledge, request, incident, chase, drill };

const asked = new URLSearchParams(location.search);
const { dataset } = document.documentElement;
dataset['theme'] = asked.get('theme') ?? 'light';
dataset['text'] = asked.get('text') ?? '100';
const Scene = scenes[(asked.get('scene') ?? 'parts') as keyof typeof scenes];
render(<Scene />, document.getElementById('app')!);
