import { useEffect, useState } from 'react';

/** A value once it has stayed the same for a while, so that not each letter asks the server. */
export function useSettled<V>(value: V, ms: number): V {
  const same = JSON.stringify(value);
  const [settled, setSettled] = useState({ same, value });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ same, value: JSON.parse(same) as V }), ms);
    return () => clearTimeout(timer);
  }, [same, ms]);
  return settled.value;
}
