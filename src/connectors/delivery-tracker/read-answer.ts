import { z } from 'zod';
import { type Failure, type Outcome, TRACK_STATUSES, type TrackEvent, type Tracked } from '../port.ts';

// The schema marks nearly everything as nullable; only what carries the meaning is demanded.
const Event = z.object({
  status: z.object({ code: z.string().max(100), name: z.string().nullish() }),
  time: z.string().nullish(),
  location: z.object({ name: z.string().nullish() }).nullish(),
  description: z.string().nullish(),
});
const Answer = z.object({
  data: z
    .object({
      track: z
        .object({
          lastEvent: Event.nullish(),
          events: z.object({ edges: z.array(z.object({ node: Event.nullish() }).nullish()).nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  errors: z
    .array(z.object({ message: z.string().optional(), extensions: z.object({ code: z.string() }).partial().nullish() }))
    .optional(),
});
type Event = z.output<typeof Event>;

const fail = (kind: Failure['kind'], code: string, message: string): Failure => ({ ok: false, kind, code, message });

/** Reads the answer to `track`. An HTTP 200 is no success: errors stand in the body. */
export function readAnswer(text: string, now: Date): Outcome<Tracked> {
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) return fail('unknown', 'unreadable', 'the answer cannot be read');
  const { data, errors = [] } = parsed.data;
  const [error] = errors;
  if (error) return graphqlFailure(error.extensions?.code, error.message ?? '');
  if (!data?.track) return fail('unknown', 'unreadable', 'the answer holds no parcel');
  const { lastEvent, events } = data.track;
  const nodes = (events?.edges ?? []).flatMap((edge) => edge?.node ?? []);
  // The last event may be none of the list: DELIVERED wins over what was scanned after it.
  const all = lastEvent && !nodes.some((node) => same(node, lastEvent)) ? [...nodes, lastEvent] : nodes;
  const strange = [...new Set(all.map(({ status }) => status.code).filter((code) => !isKnown(code)))];
  return { ok: true, value: { events: all.map(eventOf), asOf: now.toISOString(), strange } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const same = (a: Event, b: Event) => a.status.code === b.status.code && (a.time ?? null) === (b.time ?? null);
const isKnown = (code: string): code is TrackEvent['status'] => (TRACK_STATUSES as readonly string[]).includes(code);

function eventOf({ status, time, location, description }: Event): TrackEvent {
  const words = description?.trim() || status.name?.trim() || '';
  return {
    status: isKnown(status.code) ? status.code : 'UNKNOWN',
    at: instantOf(time),
    place: location?.name?.trim().slice(0, 200) || null,
    text: (isKnown(status.code) ? words : `[${status.code}] ${words}`).slice(0, 1_000),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A time with offset as ISO 8601 in UTC; anything else is none: no zone is guessed. */
function instantOf(time: string | null | undefined): string | null {
  const at = time && INSTANT.test(time) ? new Date(time) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

function graphqlFailure(code: string | undefined, message: string): Failure {
  const said = message.slice(0, 200);
  if (code === 'NOT_FOUND') return fail('permanent', 'not_found', said);
  if (code === 'BAD_REQUEST' || code === 'BAD_USER_INPUT') return fail('permanent', 'bad_request', said);
  // The service works, the carrier's own page behind it does not.
  if (code === 'INTERNAL') return fail('transient', 'carrier_down', said);
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return fail('auth', 'key_refused', said);
  return fail('unknown', 'unreadable', `an unknown error ${code ?? ''}`.trim());
}
