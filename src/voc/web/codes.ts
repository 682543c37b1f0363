import { useMemo } from 'react';
import { useTitle } from '#platform/language.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';

export type Code = OutputOf<'voc.codes'>['items'][number];
const HOUR_MS = 3_600_000;

/** The whole tree of codes: some hundreds, fetched once. */
export function useCodes() {
  const codes = useOperation('voc.codes', {}, { staleMs: HOUR_MS });
  const items = codes.data?.items;
  const byCode = useMemo(() => new Map(items?.map((code) => [code.code, code])), [items]);
  return { ...codes, items: items ?? [], byCode };
}

/** `배송지연 › 출고지연`: a code as level 2 › level 3; the last part alone when it has no parent there. */
export function useCodeName(byCode: ReadonlyMap<string, Code>): (code: string) => { parent: string; name: string } {
  const title = useTitle();
  return (code) => {
    const known = byCode.get(code);
    if (!known) return { parent: '', name: code };
    const parent = known.parent && known.level > 2 ? byCode.get(known.parent) : undefined;
    return { parent: parent ? title(parent.name) : '', name: title(known.name) };
  };
}
