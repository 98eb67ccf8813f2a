import { render } from 'preact';
import { Boot } from './shell/Boot.tsx';

render(<Boot />, document.getElementById('noroshi')!);
