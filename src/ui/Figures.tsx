import { useSyncExternalStore } from 'react';
import { useLanguage } from '#platform/language.tsx';
import { ago, moment, money, span, won } from './format.ts';

/** A sum in won; `unit` on totals and buttons only. */
export function Won({ krw, unit }: { krw: number; unit?: boolean }) {
  const language = useLanguage();
  return <span className="nw">{unit ? won(krw, language) : money(krw)}</span>;
}

const SECOND = 1_000;
let now = Date.now();
const tickers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  tickers.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const ticker of tickers) ticker();
  }, 10 * SECOND);
  return () => {
    tickers.delete(listener);
    if (tickers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, in steps of ten seconds: one clock for all ages of the page. */
export const useNow = (): number =>
  useSyncExternalStore(subscribe, () => {
    if (Date.now() - now > 10 * SECOND) now = Date.now();
    return now;
  });

/** How long something waits: `6분`. */
export function Waiting({ since }: { since: string }) {
  const language = useLanguage();
  const at = new Date(since);
  return (
    <time dateTime={since} title={moment(at, language)}>
      {span(useNow() - at.getTime(), language)}
    </time>
  );
}

/** How old something is: `12초 전`, with the moment on hover. */
export function Age({ at }: { at: string }) {
  const language = useLanguage();
  const date = new Date(at);
  return (
    <time dateTime={at} title={moment(date, language)} className="nw">
      {ago(date, useNow(), language)}
    </time>
  );
}

/** A moment: `11/25 수 17:50`. */
export function Moment({ at }: { at: string | null | undefined }) {
  const language = useLanguage();
  if (!at) return <span className="t3">–</span>;
  return (
    <time dateTime={at} className="nw">
      {moment(new Date(at), language)}
    </time>
  );
}
