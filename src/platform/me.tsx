import { createContext, type ReactNode, useCallback, useContext } from 'react';
import type { OperationName, OutputOf } from './web.ts';

/** Who is signed in: what `accounts.me` answers. */
export type Me = OutputOf<'accounts.me'>;

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of a session');
  return me;
}

/** Whether this person may run an operation at all: what they may not is not offered. */
export function useCan(): (operation: OperationName) => boolean {
  const { permitted } = useMe();
  return useCallback((operation) => permitted.includes(operation), [permitted]);
}
