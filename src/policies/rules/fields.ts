import { dayOf, instantOf, kstDay } from './calendar.ts';
import { type Refusal, type RefusalCode, refuse } from './refusal.ts';

const LIMIT = 1_000_000_000_000;

/**
 * Reads a JSON object field by field. The first thing that is wrong stays in `problem`; reading goes on
 * with harmless values, so that a reader is a plain list of fields and looks at `problem` once, at the end.
 */
export class Fields {
  problem: Refusal | null = null;
  private readonly object: Record<string, unknown>;
  private readonly path: string;
  private readonly rule: string;

  constructor(value: unknown, path: string, rule: string) {
    this.path = path;
    this.rule = rule;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.object = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject) this.fail('bad_input', '');
  }

  fail(code: RefusalCode, name: string): void {
    this.problem ??= refuse(code, this.rule, { what: name ? `${this.path}.${name}` : this.path });
  }

  /** Refuses fields that are not among `names`. */
  only(names: ReadonlySet<string>): void {
    for (const name in this.object) if (!names.has(name)) this.fail('bad_input', name);
  }

  has(name: string): boolean {
    return this.object[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.object[name];
  }

  text(name: string, fallback?: string | null): string {
    const value = this.object[name];
    if (typeof value === 'string' && value.length > 0 && value.length <= 500) return value;
    if ((value === undefined || value === null) && fallback !== undefined) return fallback as string;
    this.fail('bad_input', name);
    return '';
  }

  /** A text by which things are looked up: no name that every object has, such as `constructor`. */
  key(name: string): string {
    const value = this.text(name);
    if (value in Object.prototype) this.fail('bad_input', name);
    return value;
  }

  choice<const T extends string>(name: string, choices: readonly T[], fallback?: T): T {
    const value = this.object[name];
    if (value === undefined && fallback !== undefined) return fallback;
    if (choices.includes(value as T)) return value as T;
    this.fail('bad_input', name);
    return choices[0]!;
  }

  flag(name: string): boolean {
    const value = this.object[name];
    if (value !== undefined && typeof value !== 'boolean') this.fail('bad_input', name);
    return value === true;
  }

  /** Won, zero or more; null counts as absent. */
  won(name: string, fallback?: number): number {
    return this.number(name, 0, LIMIT, fallback);
  }

  number(name: string, least: number, most: number, fallback?: number): number {
    const value = this.object[name];
    if ((value === undefined || value === null) && fallback !== undefined) return fallback;
    if (typeof value !== 'number') {
      this.fail('bad_input', name);
      return least;
    }
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    this.fail('amount_out_of_range', name);
    return least;
  }

  instant(name: string, fallback?: number | null): number {
    const value = this.object[name];
    if ((value === undefined || value === null) && fallback !== undefined) return fallback as number;
    const at = typeof value === 'string' ? instantOf(value) : null;
    if (at !== null) return at;
    this.fail(typeof value === 'string' ? 'date_out_of_range' : 'bad_input', name);
    return 0;
  }

  /** A KST day, given as a date or as an instant. */
  day(name: string, fallback?: number | null): number {
    const value = this.object[name];
    if ((value === undefined || value === null) && fallback !== undefined) return fallback as number;
    if (typeof value !== 'string') {
      this.fail('bad_input', name);
      return 0;
    }
    const at = value.length > 10 ? instantOf(value) : null;
    const day = at === null ? dayOf(value) : kstDay(at);
    if (day === null) this.fail('date_out_of_range', name);
    return day ?? 0;
  }

  list(name: string, fallback?: unknown[]): unknown[] {
    const value = this.object[name];
    if (Array.isArray(value)) return value;
    if ((value === undefined || value === null) && fallback !== undefined) return fallback;
    this.fail('bad_input', name);
    return [];
  }

  /** Takes over the problem of a part. */
  part(fields: { problem: Refusal | null }): void {
    this.problem ??= fields.problem;
  }
}
