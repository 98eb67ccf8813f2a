/** Signing in, devices, invitations: how someone comes onto the line, and how they leave it. */
import { feature } from '@noroshi/foundations/sync';
import { attempts, endSessions, standings } from './administration.ts';
import { devices, signOutDevice, signOutOthers } from './devices.ts';
import { acceptInvitation, beginHouse, invite, openInvitation, reissue, withdrawInvitation } from './invitation.ts';
import { chooseLanguage, me } from './me.ts';
import { enterByNumber, makeNumber } from './number.ts';
import { changePassword } from './password.ts';
import { ended, signIn, signOut } from './sign-in.ts';

export { attempts, endSessions, outcomes, standings, type Standing } from './administration.ts';
export { demo, demoPeople, demoSignIn, parts, type Part } from './demo.ts';
export { deviceName } from './device-name.ts';
export { devices, signOutDevice, signOutOthers, type SignedInDevice } from './devices.ts';
export { acceptInvitation, beginHouse, invitationLasts, invite, openInvitation, reissue, withdrawInvitation, type Invitation } from './invitation.ts';
export { loginKey, loginShape, loginStem } from './login.ts';
export { chooseLanguage, languages, me, type Language, type Me } from './me.ts';
export { digitsOf, enterByNumber, inHalves, makeNumber, numberDigits, numberLasts } from './number.ts';
export { changePassword, judgePassword, longestPassword, shortestPassword } from './password.ts';
export { ended, signIn, signOut } from './sign-in.ts';

export const account = feature('account', {
  doors: [
    me, signIn, signOut, ended, chooseLanguage, changePassword,
    devices, signOutDevice, signOutOthers, makeNumber, enterByNumber,
    invite, reissue, withdrawInvitation, openInvitation, acceptInvitation, beginHouse,
    standings, endSessions, attempts,
  ],
});
