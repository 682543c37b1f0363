import { useState } from 'react';
import { MallWay, useMall } from '#malls/web/parts.tsx';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, Dialog, ErrorLine, Icon, Why } from '#ui/index.tsx';
import { RecordDialog, useOpenAdmin } from '../MallSteps.tsx';
import type { Order } from '../order-words.ts';
import styles from './Change.module.css';
import { ChangeDialog } from './ChangeDialog.tsx';
import { ChangeList } from './ChangeList.tsx';
import { text } from './text.ts';

const BEFORE = ['UNPAID', 'PAID', 'PREPARING'];
type Props = { order: Order; layer: 'page' | 'panel' };

/** Changing an order before it leaves, with its cut-off on the button, and what was changed so far. */
export function ChangePart({ order, layer }: Props) {
  const t = useText(text);
  const can = useCan();
  const before = order.units.some((unit) => BEFORE.includes(unit.stage));
  return (
    <>
      {order.hold && (
        <div className={styles.action}>
          <Chip tone="warn" icon="pause">
            {[t.held, order.hold.reason].filter(Boolean).join(' · ')}
          </Chip>
          {order.hold.broken.length > 0 && <Why icon="warn">{t.holdBroken(String(order.hold.broken.length))}</Why>}
        </div>
      )}
      {before && (
        <div className={styles.action}>
          {can('orders.change') && <Action order={order} layer={layer} />}
          {order.desiredOn && <Chip tone="line">{t.desired(order.desiredOn)}</Chip>}
        </div>
      )}
      <ChangeList order={order} {...(layer === 'panel' ? { most: 3 } : {})} />
    </>
  );
}

function Action({ order, layer }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const terms = useOperation('orders.changeTerms', { order: order.id });
  const show = () => setOpen(true);
  useHotkeys([{ keys: 'Alt+C', title: { ko: '주문 변경', en: 'Change order' }, layer, run: show }]);
  const { deadlineAt, refused } = terms.data ?? {};
  const when = deadlineAt && moment(new Date(deadlineAt), language);
  const label = when && (new Date(deadlineAt) < new Date() ? t.past(when) : t.until(when));
  const close = () => setOpen(false);
  return (
    <>
      <Button icon="pen" hotkey="Alt+C" onClick={show}>
        {label ? `${t.change} · ${label}` : t.change}
      </Button>
      <ErrorLine error={terms.error} />
      {open && terms.data && refused === null && <ChangeDialog order={order} terms={terms.data} onClose={close} />}
      {open && refused === 'at_mall' && <AtMall order={order} onClose={close} />}
      {open && (refused === 'over' || refused === 'already_left') && (
        <Dialog title={t.change} onClose={close}>
          <Why>{t[`refused_${refused}`]}</Why>
        </Dialog>
      )}
    </>
  );
}

/** An order that its mall keeps: the mall's admin does it, and what was done there is recorded. */
function AtMall({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useText(text);
  const admin = useOpenAdmin(order);
  const [recording, setRecording] = useState(false);
  const mall = useMall(order.mall);
  const byLink = mall?.verbs.addressChange?.how === 'deep_link';
  if (recording) return <RecordDialog order={order} verb="addressChange" onClose={onClose} />;
  return (
    <Dialog title={`${t.change} ${order.mallOrderNo}`} onClose={onClose}>
      <Why icon="link">{t.atMall}</Why>
      {byLink && (
        <MallWay mall={order.mall} verb="addressChange" busy={admin.busy} onOpen={() => admin.open('addressChange')} />
      )}
      {!byLink && <p>{t.notSent}</p>}
      {!byLink && mall?.adminUrl && (
        <a href={mall.adminUrl} target="_blank" rel="noreferrer">
          <Icon name="link" small /> {t.openAdmin}
        </a>
      )}
      <ErrorLine error={admin.error} />
      <div className={styles.end}>
        <Button onClick={() => setRecording(true)}>{t.record}</Button>
      </div>
    </Dialog>
  );
}
