/** The fields that a GraphQL query asks for: `{ lastEvent: { time: {} } }`. */
export type Selection = { [field: string]: Selection };

const TOKEN = /[{}]|\([^)]*\)|[A-Za-z_]\w*/g;

/** Reads the braces of a query; null when they do not fit. Enough for queries without fragments and aliases. */
export function selectionOf(query: string): Selection | null {
  const root: Selection = {};
  const stack: Selection[] = [root];
  let last: Selection | null = null;
  let opened = false;
  for (const [token] of query.matchAll(TOKEN)) {
    const top = stack.at(-1);
    if (!top) return null;
    if (token === '{') {
      stack.push(opened ? (last ?? {}) : root);
      opened = true;
    } else if (token === '}') stack.pop();
    else if (opened && !token.startsWith('(')) {
      last = {};
      top[token] = last;
    }
  }
  return opened && stack.length === 1 ? root : null;
}

/** Only what was asked for, as a GraphQL server answers. */
export function select(value: unknown, selection: Selection): unknown {
  if (Array.isArray(value)) return value.map((one) => select(one, selection));
  if (value === null || typeof value !== 'object' || Object.keys(selection).length === 0) return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(selection).map(([field, inner]) => [field, select(fields[field] ?? null, inner)]),
  );
}
