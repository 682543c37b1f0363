import { handle } from '#platform/context.ts';
import { type Contract, ROLES } from '#platform/operation.ts';
import { accounts, ROLE_TITLES } from '../contract.ts';

const operationsOf = (contract: Contract, may: string) =>
  Object.values(contract.operations)
    .filter((operation) => operation.may === may)
    .map(({ name, title, kind }) => ({ name, title, kind }));

/** Who may do what, as the contracts of all rooms say: nothing of it is written down twice. */
export const permissionMatrix = (contracts: () => readonly Contract[]) =>
  handle(accounts.operations.permissionMatrix, async () => ({
    roles: ROLES.map((role) => ({ role, title: ROLE_TITLES[role] })),
    rooms: contracts().map((contract) => ({
      room: contract.room,
      title: contract.title,
      permissions: Object.entries(contract.permissions).map(([permission, { title, roles }]) => ({
        permission,
        title,
        roles: [...roles],
        operations: operationsOf(contract, permission),
      })),
    })),
    signedIn: contracts().flatMap((contract) => operationsOf(contract, 'signed_in')),
  }));
