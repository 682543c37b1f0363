import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import type { IconName } from './drawings.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import styles from './Menu.module.css';

type Props = {
  label: string;
  trigger: ReactNode;
  className?: string;
  children: ReactNode;
  align?: 'start' | 'end';
  open?: boolean;
};

/** A button that opens a list of choices. */
export function Menu({ label, trigger, className, children, align = 'end', open }: Props) {
  return (
    <Base.Root modal={false} defaultOpen={open ?? false}>
      <Base.Trigger className={className} aria-label={label}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <Base.Popup className={styles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = { icon?: IconName; hotkey?: string; onSelect: () => void; disabled?: boolean; children: ReactNode };

export function MenuItem({ icon, hotkey, onSelect, disabled, children }: ItemProps) {
  return (
    <Base.Item className={styles.item} onClick={onSelect} disabled={disabled ?? false}>
      {icon && <Icon name={icon} />}
      <span className="grow">{children}</span>
      {hotkey && <Kbd keys={hotkey} />}
    </Base.Item>
  );
}

type ChoiceProps<V extends string> = {
  title: string;
  value: V;
  options: readonly (readonly [V, string])[];
  onChange: (value: V) => void;
};

/** One of a few, in a menu. */
export function MenuChoice<V extends string>({ title, value, options, onChange }: ChoiceProps<V>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{title}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: V) => onChange(next)}>
        {options.map(([option, name]) => (
          <Base.RadioItem key={option} value={option} closeOnClick className={styles.item}>
            <span className="grow">{name}</span>
            <Base.RadioItemIndicator>
              <Icon name="check" small />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuHead({ children }: { children: ReactNode }) {
  return <div className={styles.head}>{children}</div>;
}

export function MenuLine() {
  return <Base.Separator className={styles.line} />;
}
