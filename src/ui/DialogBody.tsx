import { Dialog as Base } from '@base-ui/react/dialog';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText, words } from '#platform/language.tsx';
import { IconButton } from './Button.tsx';
import styles from './Dialog.module.css';
import type { DialogProps } from './Dialog.tsx';

const text = words({ ko: { close: '닫기' }, en: { close: 'Close' } });

/** A question over the present work. Escape gives the earlier place back. */
export function DialogBody({ title, about, wide, onClose, children, actions }: DialogProps) {
  const t = useText(text);
  useHotkeys([{ keys: 'Esc', title: { ko: '닫기', en: 'Close' }, layer: 'dialog', typing: true, run: onClose }]);
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={`${styles.popup} ${wide ? styles.wide : ''}`}>
          <div className={styles.head}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <IconButton icon="x" label={t.close} onClick={onClose} />
          </div>
          {about && <Base.Description className={styles.about}>{about}</Base.Description>}
          <div className={styles.body}>{children}</div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
