import { useEffect, useRef } from 'react';

type Box = { readonly current: HTMLElement | null };

/** Hears of files that are pasted into a box or dropped on it; null: of none. */
export function useDropped(box: Box | null, take: (files: readonly File[]) => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const element = box?.current;
    if (!element) return;
    const over = new AbortController();
    const { signal } = over;
    const taken = (data: DataTransfer | null, event: Event) => {
      const files = [...(data?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    };
    element.addEventListener('paste', (event) => taken(event.clipboardData, event), { signal });
    element.addEventListener('drop', (event) => taken(event.dataTransfer, event), { signal });
    element.addEventListener(
      'dragover',
      (event) => {
        if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
      },
      { signal },
    );
    return () => over.abort();
  }, [box]);
}
