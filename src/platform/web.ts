import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { z } from 'zod';
import type { OperationSpec } from './operation.ts';
import type { Wire } from './values.ts';
import { callOperation, OperationError } from './web-call.ts';

export { callOperation, OperationError } from './web-call.ts';

/**
 * All contracts, by room, as types only: `src/app/web/api.d.ts` fills it in, so that calls are typed end to end while
 * no schema enters the bundle.
 */
export interface Register {
  /** Version of this register; the app adds `rooms` beside it. */
  version: 1;
}

type Rooms = Register extends { rooms: infer R } ? R : Record<string, never>;
type OperationsOf<R> = R extends { operations: infer O } ? O : never;

/** Names of all operations: `'tickets.list'`. */
export type OperationName = {
  [R in keyof Rooms & string]: `${R}.${keyof OperationsOf<Rooms[R]> & string}`;
}[keyof Rooms & string];

type SpecOf<N extends string> = N extends `${infer R}.${infer V}`
  ? R extends keyof Rooms
    ? V extends keyof OperationsOf<Rooms[R]>
      ? OperationsOf<Rooms[R]>[V] & OperationSpec
      : never
    : never
  : never;

/** What an operation takes. */
export type InputOf<N extends OperationName> = z.input<SpecOf<N>['input']>;
/** What an operation answers, as JSON carries it. */
export type OutputOf<N extends OperationName> = Wire<z.output<SpecOf<N>['output']>>;
/** A row of a list's answer. */
export type ItemOf<N extends OperationName> = OutputOf<N> extends { items: (infer I)[] } ? I : never;

type Page = { items: unknown[]; next: string | null };
type Options = { enabled?: boolean; keep?: boolean; staleMs?: number; refetchMs?: number };

const roomOf = (name: string) => name.slice(0, name.indexOf('.'));

/** Key of a query's cached answer: the room first, so that a room's answers are dropped together. */
export const queryKey = (name: string, input: unknown) => [roomOf(name), name, input] as const;

/** Runs a query and keeps its answer fresh: commands and live events of its room fetch it again. */
export function useOperation<N extends OperationName>(name: N, input: InputOf<N>, options: Options = {}) {
  const result = useQuery({
    queryKey: queryKey(name, input),
    queryFn: ({ signal }) => callOperation(name, input, { signal }),
    enabled: options.enabled ?? true,
    staleTime: options.staleMs ?? 30_000,
    ...(options.refetchMs ? { refetchInterval: options.refetchMs } : {}),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
  return result as UseQueryResult<OutputOf<N>, OperationError>;
}

/** Pages of a list, on demand. `items` holds all rows fetched so far. */
export function useInfinite<N extends OperationName>(name: N, input: InputOf<N>, options: Options = {}) {
  const result = useInfiniteQuery({
    queryKey: [...queryKey(name, input), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      callOperation(name, { ...(input as object), ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last as Page).next,
    enabled: options.enabled ?? true,
    staleTime: options.staleMs ?? 30_000,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
  const items = (result.data?.pages.flatMap((page) => (page as Page).items) ?? []) as ItemOf<N>[];
  return { ...result, error: result.error as OperationError | null, items };
}

/** A command. The same input keeps its Idempotency-Key until it was answered, so that a retry never runs it twice. */
export function useCommand<N extends OperationName>(name: N) {
  const keys = useRef(new Map<string, string>());
  const client = useQueryClient();
  const result = useMutation({
    mutationFn: async (input: InputOf<N>) => {
      let same = JSON.stringify(input);
      const key = keys.current.get(same) ?? crypto.randomUUID();
      keys.current.set(same, key);
      const onRefresh = (rooms: readonly string[]) => refreshRooms(client, rooms);
      try {
        return await callOperation(name, input, { key, onRefresh });
      } catch (error) {
        // Whether it was done is not known: asked again, it is the same call. A refusal is an answer; what was refused may
        // well be allowed when it is asked for anew.
        if (error instanceof OperationError && error.isPassing) same = '';
        throw error;
      } finally {
        keys.current.delete(same);
      }
    },
  });
  return result as UseMutationResult<OutputOf<N>, OperationError, InputOf<N>>;
}

/** Fetches a query before it is needed: neighbours of the row under the cursor. */
export function usePrefetch() {
  const client = useQueryClient();
  return useCallback(
    <N extends OperationName>(name: N, input: InputOf<N>) =>
      client.prefetchQuery({
        queryKey: queryKey(name, input),
        queryFn: ({ signal }) => callOperation(name, input, { signal }),
        staleTime: 30_000,
      }),
    [client],
  );
}

/** Marks the cached answers of some rooms as old and fetches those that a screen shows. */
export function refreshRooms(client: QueryClient, rooms: readonly string[]): void {
  for (const room of rooms) void client.invalidateQueries({ queryKey: [room] });
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        // Asked even offline: a call that waits in silence for the network looks like one that hangs.
        networkMode: 'always',
        retry: (count, error) => error instanceof OperationError && error.isPassing && count < 3,
        retryDelay: (count) => Math.min(500 * 2 ** count, 5_000),
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
