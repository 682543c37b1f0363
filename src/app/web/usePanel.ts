import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useCan } from '#platform/me.tsx';
import type { Words } from '#platform/operation.ts';
import { type Subject, useSubject } from '#platform/subject.ts';
import type { OperationName } from '#platform/web.ts';
import type { IconName } from '#ui/index.tsx';

export type PanelName = 'order' | 'delivery' | 'customer' | 'voc';

type Everyday = { name: PanelName; keys: string; title: Words; icon: IconName; needs: OperationName; page: string };

/** The four everyday screens: each a panel over the present work and, on the same key again, a full page. */
export const EVERYDAY: readonly Everyday[] = [
  {
    name: 'order',
    keys: 'F2',
    title: { ko: '주문', en: 'Orders' },
    icon: 'box',
    needs: 'orders.list',
    page: '/orders',
  },
  {
    name: 'delivery',
    keys: 'F4',
    title: { ko: '배송', en: 'Delivery' },
    icon: 'truck',
    needs: 'orders.list',
    page: '/deliveries',
  },
  {
    name: 'customer',
    keys: 'F8',
    title: { ko: '고객', en: 'Customer' },
    icon: 'user',
    needs: 'customers.list',
    page: '/customers',
  },
  { name: 'voc', keys: 'F9', title: { ko: 'VOC', en: 'VOC' }, icon: 'voc', needs: 'voc.listRecords', page: '/voc' },
];

/** Address of a panel's full page, on the same customer. */
function fullPage({ name, page }: Everyday, subject: Subject): { to: string; search: Record<string, string> } {
  const { customer, order } = subject;
  if (name === 'customer' && customer) return { to: `/customers/${customer}`, search: {} };
  if ((name === 'order' || name === 'delivery') && order) return { to: `${page}/${order}`, search: {} };
  return { to: page, search: customer ? { customer } : {} };
}

export type PanelState = ReturnType<typeof usePanel>;

/** Which panel stands beside the work. It is in the address: a link restores it, going back closes it. */
export function usePanel() {
  const can = useCan();
  const subject = useSubject();
  const navigate = useNavigate();
  const { history } = useRouter();
  const search = useSearch({ strict: false }) as { p?: string };
  const place = useLocation({
    select: ({ pathname, state }) => ({ pathname, full: 'full' in state }),
    structuralSharing: true,
  });
  const there = EVERYDAY.filter(({ needs }) => can(needs));
  const byDefault = /^\/tickets\/./.test(place.pathname) && there.length > 0 ? 'order' : undefined;
  const open = there.find(({ name }) => name === (search.p ?? byDefault));
  const pageShown = there.find(({ page }) => place.pathname === page || place.pathname.startsWith(`${page}/`));

  const show = (name: PanelName | 'off', replace: boolean) =>
    void navigate({ to: '.', search: ((before: object) => ({ ...before, p: name })) as never, replace });
  const close = () => show('off', true);

  function press(everyday: Everyday) {
    if (open?.name === everyday.name) {
      void navigate({ ...fullPage(everyday, subject), state: { full: true } as never });
    } else if (pageShown?.name !== everyday.name || open) show(everyday.name, open !== undefined);
  }

  useHotkeys([
    ...there.map((everyday) => ({
      keys: everyday.keys,
      title: everyday.title,
      layer: 'frame' as const,
      run: () => press(everyday),
    })),
    {
      keys: 'Esc',
      title: { ko: '패널 닫기', en: 'Close the panel' },
      layer: 'panel' as const,
      typing: true,
      run: close,
      when: () => open !== undefined,
    },
    {
      keys: 'Esc',
      title: { ko: '이전 업무로', en: 'Back to the work before' },
      layer: 'frame' as const,
      typing: true,
      run: () => history.back(),
      when: () => place.full,
    },
  ]);
  return { there, open, pageShown, press, show, close, subject };
}
