import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type LineState, type LiveMessage, openLive } from './live-source.ts';
import { refreshRooms } from './web.ts';

/** Changes of a room within this time are fetched once. */
const GATHER_MS = 400;

let state: LineState = 'open';
const listeners = new Set<() => void>();

function setState(next: LineState) {
  state = next;
  for (const listener of listeners) listener();
}

/** State of the line to the server, for the frame. */
export function useLine(): LineState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => state,
  );
}

export type LiveEvent = Extract<LiveMessage, { type: 'change' | 'passing' }>;
const ears = new Set<(event: LiveEvent) => void>();

/** Hears each live event that this session may hear, while the component is shown. */
export function useLiveEvents(hear: (event: LiveEvent) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const ear = (event: LiveEvent) => latest.current(event);
    ears.add(ear);
    return () => {
      ears.delete(ear);
    };
  }, []);
}

function hearing(client: QueryClient) {
  const changed = new Set<string>();
  const refresh = () => {
    refreshRooms(client, [...changed]);
    changed.clear();
  };
  return (message: LiveMessage) => {
    if (message.type === 'line') setState(message.state);
    if (message.type === 'reset') void client.invalidateQueries();
    if (message.type === 'change' || message.type === 'passing') for (const hear of ears) hear(message);
    if (message.type !== 'change') return;
    if (changed.size === 0) setTimeout(refresh, GATHER_MS);
    changed.add(message.room);
  };
}

type Line = { close: () => void; reopen: () => void };

/** Connects this page to the live events of its browser: changed rooms are fetched again. */
export function connectLive(client: QueryClient): Line {
  const hear = hearing(client);
  if (typeof SharedWorker === 'undefined') return openLive(hear);
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'haedap-live',
  });
  worker.port.onmessage = ({ data }) => hear(data as LiveMessage);
  const bye = () => worker.port.postMessage('bye');
  addEventListener('pagehide', bye);
  return {
    close() {
      bye();
      removeEventListener('pagehide', bye);
      worker.port.close();
    },
    reopen: () => worker.port.postMessage('reopen'),
  };
}
