/**
 * Where calls wait while nobody is signed in. The screens stay as they are, with everything that was typed; the frame
 * shows the sign-in over them and opens the gate afterwards.
 */
function createGate() {
  let waiting: (() => void)[] = [];
  let closed = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    /** Tells that the session is gone; resolves once there is one again. */
    lost(): Promise<void> {
      if (!closed) {
        closed = true;
        queueMicrotask(tell);
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    restored() {
      closed = false;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
      tell();
    },
    isClosed: () => closed,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export const sessionGate = createGate();
