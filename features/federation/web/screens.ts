/** All screens of this room: fetched together when the first of them is wanted. */
export { default } from './PartnersPage.tsx';
export { default as Shared } from './Shared.tsx';
