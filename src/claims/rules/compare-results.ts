export type Difference = { path: string; ours: unknown; theirs: unknown };

/**
 * Where two results differ. Only what the other calculation gives is compared, so that it may leave fields
 * out; a tender, sku or row of zero won is the same as none.
 */
export function compareResults(ours: unknown, theirs: unknown, path = ''): Difference[] {
  if (isEmpty(ours) && isEmpty(theirs)) return [];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) return [{ path: `${path}.length`, ours: ours.length, theirs: theirs.length }];
    return ours.flatMap((value, index) => compareResults(value, theirs[index], `${path}[${index}]`));
  }
  if (isObject(ours) && isObject(theirs))
    return Object.keys(theirs).flatMap((key) => compareResults(ours[key], theirs[key], path ? `${path}.${key}` : key));
  return Object.is(ours, theirs) ? [] : [{ path, ours, theirs }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === 0;
}
