import { useText } from '#platform/language.tsx';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

/** How far an order or a piece is: a plain word; only what moves is marked. */
export function StageWord({ stage }: { stage: Order['units'][number]['stage'] }) {
  const t = useText(text);
  const tone = stage === 'SHIPPED' ? 'acc med' : stage === 'UNPAID' ? 'warn med' : stage === 'CANCELLED' ? 't3' : 't2';
  return <span className={tone}>{t[stage]}</span>;
}
