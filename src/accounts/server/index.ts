import { implement, type Room } from '#platform/context.ts';
import type { Contract } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { addCentre, listCentres } from './centres.ts';
import { company } from './company.ts';
import { createKey } from './create-key.ts';
import { createPerson } from './create-person.ts';
import { disablePerson } from './disable-person.ts';
import { enablePerson } from './enable-person.ts';
import { getPerson } from './get-person.ts';
import { getPreference } from './get-preference.ts';
import { sweep } from './jobs.ts';
import { listKeys } from './list-keys.ts';
import { listPeople } from './list-people.ts';
import { listSessions } from './list-sessions.ts';
import { me } from './me.ts';
import { permissionMatrix } from './permission-matrix.ts';
import { resetPassword } from './reset-password.ts';
import { revokeKey } from './revoke-key.ts';
import { revokeSession } from './revoke-session.ts';
import { setGrants } from './set-grants.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';
import { unlockPerson } from './unlock-person.ts';
import { updateProfile } from './update-profile.ts';

/** The room; `contracts` answers those of all rooms, which `me`, keys and the matrix of permissions speak about. */
export function accountsRoom(contracts: () => readonly Contract[]): Room {
  const handlers = {
    me: me(contracts),
    updateProfile,
    getPreference,
    listPeople,
    getPerson,
    createPerson,
    setGrants,
    disablePerson,
    enablePerson,
    unlockPerson,
    resetPassword,
    listSessions,
    revokeSession,
    signOutEverywhere,
    listKeys,
    createKey: createKey(contracts),
    revokeKey,
    permissionMatrix: permissionMatrix(contracts),
    listCentres,
    addCentre,
    company,
  };
  return implement(accounts, handlers, {
    jobs: { 'accounts.sweep': sweep },
    clock: { 'accounts.sweep': '41 * * * *' },
  });
}
