import { type Code, useCodeName } from './codes.ts';

/** A code in words: level 2 › level 3. */
export function CodeName({ code, byCode }: { code: string; byCode: ReadonlyMap<string, Code> }) {
  const { parent, name } = useCodeName(byCode)(code);
  return (
    <span className="el" title={code}>
      {parent && <span className="t2">{parent} › </span>}
      <span className="med">{name}</span>
    </span>
  );
}
