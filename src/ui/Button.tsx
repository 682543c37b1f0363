import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import type { IconName } from './drawings.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

type Look = 'plain' | 'primary' | 'quiet' | 'danger';
type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  look?: Look;
  small?: boolean;
  icon?: IconName;
  /** Key hint inside the button. The key itself is bound with `useHotkeys`. */
  hotkey?: string;
  busy?: boolean;
  submit?: boolean;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

const keyShortcuts = (hotkey: string) => hotkey.replaceAll('Ctrl', 'Control');

/** One primary button per area, naming its effect. A busy button stays where it is and cannot be pressed twice. */
export function Button({
  look = 'plain',
  small,
  icon,
  hotkey,
  busy,
  submit,
  children,
  className,
  ref,
  ...rest
}: Props) {
  const off = rest.disabled || busy;
  const classes = [styles.btn, look === 'plain' ? '' : styles[look], small ? styles.small : '', off ? styles.off : ''];
  return (
    <button
      ref={ref}
      {...rest}
      type={submit ? 'submit' : 'button'}
      disabled={off}
      aria-busy={busy || undefined}
      aria-keyshortcuts={hotkey ? keyShortcuts(hotkey) : undefined}
      className={[...classes, className ?? ''].filter(Boolean).join(' ')}
    >
      {icon && <Icon name={icon} small />}
      {children}
      {hotkey && <Kbd keys={hotkey} />}
    </button>
  );
}

/** A button that is only a drawing: it needs its word for readers and as a tooltip. */
export function IconButton({
  icon,
  label,
  ...rest
}: Omit<Props, 'children' | 'hotkey'> & { icon: IconName; label: string }) {
  return <Button look="quiet" small {...rest} icon={icon} aria-label={label} title={label} />;
}
