/** All screens of this room: fetched together when the first of them is wanted, for whoever comes to one soon needs the next. */
export { default as AllPage } from './AllPage.tsx';
export { default as SituationPage } from './SituationPage.tsx';
export { default as TownPage } from './TownPage.tsx';
export { default as WallPage } from './WallPage.tsx';
