import type { Actor, Contract } from '#platform/operation.ts';
import { may, rolesOf } from '#platform/registry.ts';

/** Names of all operations that an actor may run somewhere. */
export function permittedOperations(actor: Actor, contracts: readonly Contract[]): string[] {
  return contracts.flatMap((contract) =>
    Object.values(contract.operations)
      .filter((operation) => may(actor, { operation, roles: rolesOf(contract, operation) }))
      .map(({ name }) => name),
  );
}

/** Names of all permissions: what a key can be limited to. */
export const permissionsOf = (contracts: readonly Contract[]): string[] =>
  contracts.flatMap((contract) => Object.keys(contract.permissions));
