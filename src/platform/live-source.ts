/** What a screen hears: the state of the line, a change in a room, or that it missed some and must fetch anew. */
export type LiveMessage =
  | { type: 'line'; state: LineState }
  | { type: 'change'; room: string; event: string; subjectId: string; data: unknown }
  | { type: 'passing'; room: string; event: string; subjectId: string; data: unknown }
  | { type: 'reset' };
export type LineState = 'open' | 'reconnecting';

const FIRST_MS = 1_000;
const MOST_MS = 20_000;

/**
 * The one line to `/api/live`. The browser resumes a broken line by itself, with the position of the last event; a
 * line that the server refused is opened again with back-off, and then what was missed is fetched anew.
 */
export function openLive(hear: (message: LiveMessage) => void) {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_MS;
  let refused = false;

  function open() {
    const line = new EventSource('/api/live');
    source = line;
    line.addEventListener('hello', () => {
      wait = FIRST_MS;
      hear({ type: 'line', state: 'open' });
      if (refused) hear({ type: 'reset' });
      refused = false;
    });
    line.addEventListener('reset', () => hear({ type: 'reset' }));
    line.addEventListener('change', (event) => hear({ type: 'change', ...JSON.parse((event as MessageEvent).data) }));
    line.addEventListener('passing', (event) => hear({ type: 'passing', ...JSON.parse((event as MessageEvent).data) }));
    line.onerror = () => {
      hear({ type: 'line', state: 'reconnecting' });
      if (line.readyState !== EventSource.CLOSED) return;
      refused = true;
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, MOST_MS);
    };
  }
  open();
  return {
    close() {
      clearTimeout(timer);
      source?.close();
    },
    /** Opens the line anew: another person has signed in. */
    reopen() {
      clearTimeout(timer);
      source?.close();
      refused = true;
      wait = FIRST_MS;
      open();
    },
  };
}
