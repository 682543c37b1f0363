import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Selection, select, selectionOf } from './selection.ts';

/** An event as the service tells it (packages/api/src/schema/schema.graphql). */
export type EmulatedEvent = {
  status: { code: string; name: string | null };
  time: string | null;
  location: { countryCode: string | null; postalCode: string | null; name: string | null } | null;
  contact: { name: string | null; phoneNumber: string | null } | null;
  description: string | null;
};
export type EmulatedParcel = {
  events: EmulatedEvent[];
  lastEvent?: EmulatedEvent;
  /** Answered instead, as it stands: a number that breaks the service. */
  broken?: string;
};

/** What goes wrong; each answer is one that was seen of real services. */
export type TrackerFault =
  | { kind: 'none' }
  | { kind: 'slow'; ms: number }
  | { kind: 'limited'; retryAfter: string | null }
  | { kind: 'status'; status: number }
  | { kind: 'internal' }
  | { kind: 'body'; body: string }
  | { kind: 'strange_status' }
  | { kind: 'hang' }
  | { kind: 'reset' }
  | { kind: 'cut' }
  | { kind: 'flood'; bytes: number }
  | { kind: 'redirect'; to: string };

export type TrackerEmulator = {
  url: string;
  /** What was asked, in order. */
  asked: { carrierId: string; trackingNumber: string; at: number }[];
  set: (carrierId: string, trackingNumber: string, parcel: EmulatedParcel) => void;
  fault: (fault: TrackerFault) => void;
  /** Nobody listens any more: connections are refused. */
  down: () => Promise<void>;
  /** Listens again at the same address. */
  up: () => Promise<void>;
  close: () => Promise<void>;
};

type Options = {
  key?: string;
  /** Bends each answer: checks that the conformance suite would notice. */
  bend?: (answer: Answer) => Answer;
};
export type Answer = { data?: { track: Record<string, unknown> | null }; errors?: Record<string, unknown>[] };

/** A delivery-tracker server over real HTTP, for tests: same questions, same answers, and faults at the turn of a switch. */
export async function startTrackerEmulator({ key, bend = (answer) => answer }: Options = {}): Promise<TrackerEmulator> {
  const parcels = new Map<string, EmulatedParcel>();
  const asked: TrackerEmulator['asked'] = [];
  const sockets = new Set<Socket>();
  let fault: TrackerFault = { kind: 'none' };
  const server = createServer((request, response) => {
    void (async () => {
      const question = await questionOf(request, key);
      if ('status' in question) return json(response, question.status, question.body);
      asked.push({ ...question.variables, at: Date.now() });
      if (await wentWrong(response, fault)) return;
      const parcel = parcels.get(`${question.variables.carrierId} ${question.variables.trackingNumber}`);
      if (parcel?.broken !== undefined) return void response.end(parcel.broken);
      json(response, 200, bend(answerOf(parcel, question.selection, fault.kind === 'strange_status')));
    })();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const stop = async () => {
    const closed = server.listening ? once(server, 'close') : null;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    asked,
    set: (carrierId, trackingNumber, parcel) => void parcels.set(`${carrierId} ${trackingNumber}`, parcel),
    fault: (next) => {
      fault = next;
    },
    down: stop,
    up: () => listen(port),
    close: stop,
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

const refused = (status: number, code: string, message: string) => ({
  status,
  body: { errors: [{ message, extensions: { code } }] },
});

type Question = {
  selection: Selection;
  variables: { carrierId: string; trackingNumber: string };
};

async function questionOf(request: IncomingMessage, key: string | undefined) {
  if (key && request.headers.authorization !== `TRACKQL-API-KEY ${key}`)
    return refused(401, 'UNAUTHENTICATED', 'Unauthenticated');
  if (request.method !== 'POST') return refused(405, 'BAD_REQUEST', 'POST only');
  if (!request.headers['content-type']?.startsWith('application/json'))
    return refused(415, 'BAD_REQUEST', 'application/json only');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { query, variables } = JSON.parse(Buffer.concat(parts).toString('utf8')) as Question & { query: string };
  const selection = selectionOf(query);
  if (!selection?.track) return refused(400, 'GRAPHQL_PARSE_FAILED', 'Syntax Error');
  if (!/^[a-z]{2}\.[a-z]+/.test(variables.carrierId)) return refused(200, 'BAD_REQUEST', 'Invalid carrierId');
  return { selection: selection.track, variables };
}

/** Plays the fault; answers whether the request is done with. */
async function wentWrong(response: ServerResponse, fault: TrackerFault): Promise<boolean> {
  switch (fault.kind) {
    case 'slow':
      await new Promise((done) => setTimeout(done, fault.ms));
      return response.destroyed;
    case 'limited':
      if (fault.retryAfter !== null) response.setHeader('retry-after', fault.retryAfter);
      json(response, 429, { errors: [{ message: 'Too Many Requests', extensions: { code: 'RATE_LIMITED' } }] });
      return true;
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end('<html><body>Bad Gateway</body></html>');
      return true;
    case 'internal':
      json(response, 200, {
        errors: [{ message: 'Internal error', path: ['track'], extensions: { code: 'INTERNAL' } }],
        data: { track: null },
      });
      return true;
    case 'body':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(fault.body);
      return true;
    case 'hang':
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data":{"track":{"ev');
      setTimeout(() => response.destroy(), 20);
      return true;
    case 'flood':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(fault.bytes, 32));
      return true;
    case 'redirect':
      response.writeHead(302, { location: fault.to });
      response.end();
      return true;
    default:
      return false;
  }
}

function answerOf(parcel: EmulatedParcel | undefined, selection: Selection, strange: boolean): Answer {
  if (!parcel)
    return {
      errors: [{ message: 'Tracking number not found', path: ['track'], extensions: { code: 'NOT_FOUND' } }],
      data: { track: null },
    };
  const events = strange
    ? parcel.events.map((event) => ({ ...event, status: { code: 'TELEPORTED', name: '순간이동' } }))
    : parcel.events;
  const whole = {
    trackingNumber: '',
    lastEvent: parcel.lastEvent ?? events.at(-1) ?? null,
    events: { edges: events.map((node, i) => ({ node, cursor: String(i) })) },
  };
  return { data: { track: select(whole, selection) as Record<string, unknown> } };
}
