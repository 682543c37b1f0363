import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type Subject, setSubject } from './subject.ts';

/** Opens an everyday panel beside the present page, filled with a record; the same key again closes it. */
export function usePeek(): (panel: string, subject: Subject) => void {
  const navigate = useNavigate();
  const { p: shown } = useSearch({ strict: false }) as { p?: string };
  return useCallback(
    (panel, subject) => {
      setSubject(subject);
      const search = (before: object) => ({ ...before, p: shown === panel ? 'off' : panel });
      void navigate({ to: '.', search: search as never, replace: true });
    },
    [navigate, shown],
  );
}
