/** What carries mail, SMS and voice: read where a setting names one. */
export { mailDriver, type MailNeeds } from './mail.server.ts';
export { androidDriver, international, postDriver, type TelephoneNeeds } from './telephone.server.ts';
