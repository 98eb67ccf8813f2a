/** 状況盤: what headquarters sees of an incident, gathered from all rooms of the house. */
import { feature } from '@noroshi/foundations/sync';
import { contact } from './contact.ts';

export { contact, type Contact } from './contact.ts';

export const situations = feature('situation', { questions: [contact] });
