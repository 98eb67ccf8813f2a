import { render } from 'preact';

render(
  <main>
    <h1>狼煙 Noroshi</h1>
  </main>,
  document.getElementById('noroshi')!,
);
