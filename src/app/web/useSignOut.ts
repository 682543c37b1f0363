import { useQueryClient } from '@tanstack/react-query';
import { tell } from '#ui/index.tsx';
import { authCall } from './auth-call.ts';

/** Ends the session; the next person starts at their own first screen. */
export function useSignOut() {
  const client = useQueryClient();
  return async () => {
    try {
      await authCall('/api/auth/sign-out', {});
      client.clear();
      location.assign('/');
    } catch (error) {
      tell((error as Error).message, { tone: 'danger' });
    }
  };
}
