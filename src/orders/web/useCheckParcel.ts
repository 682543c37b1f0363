import { useQueryClient } from '@tanstack/react-query';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { refreshRooms, useCommand } from '#platform/web.ts';
import { clock } from '#ui/format.ts';
import { tell } from '#ui/index.tsx';
import { deliveryText } from './delivery-text.ts';

/** The tracker answers within this time, or the next look at the page shows it. */
const ANSWER_MS = 2_500;

/** Asks the tracker about one parcel now, and says what comes of it; null for those who may not. */
export function useCheckParcel(): ((order: string, parcel: string) => void) | null {
  const t = useText(deliveryText);
  const can = useCan();
  const client = useQueryClient();
  const check = useCommand('connectors.checkParcel');
  if (!can('connectors.checkParcel')) return null;
  return (order, parcel) =>
    check.mutate(
      { order, parcel },
      {
        onSuccess: ({ result, at }) => {
          const when = at ? clock(new Date(at)) : '';
          tell(result === 'too_soon' || result === 'waiting' ? t[result](when) : t[result]);
          if (result === 'asked') setTimeout(() => refreshRooms(client, ['orders']), ANSWER_MS);
        },
        onError: (error) => tell(error.message, { tone: 'danger' }),
      },
    );
}
