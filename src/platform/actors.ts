import type { Actor, Grant, Role } from './operation.ts';
import { newId } from './values.ts';

/** An actor for tests: one role, everywhere unless told otherwise. */
export function actorWith(role: Role, where: Partial<Omit<Grant, 'role'>> = {}, id = newId()): Actor {
  return {
    kind: 'user',
    id,
    name: `시험 ${role}`,
    email: `${role}@example.com`,
    language: 'ko',
    grants: [{ role, malls: null, centres: null, partners: null, ...where }],
    only: null,
    sessionId: id,
  };
}

/** Haedap itself. */
export const SYSTEM: Actor = {
  kind: 'system',
  id: '00000000-0000-7000-8000-000000000000',
  name: 'Haedap',
  email: 'system@haedap.example',
  language: 'ko',
  grants: [],
  only: null,
  sessionId: 'system',
};
