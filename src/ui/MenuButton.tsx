import { type ReactNode, Suspense, useState } from 'react';

type Props = {
  label: string;
  className?: string | undefined;
  trigger: ReactNode;
  /** Fetches what draws the menu. */
  load: () => unknown;
  /** The menu, open, with the same button. */
  children: ReactNode;
};

/** A button whose menu is fetched when the pointer or the focus comes near: menus are no part of the first load. */
export function MenuButton({ label, className, trigger, load, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      className={className}
      aria-haspopup="menu"
      aria-label={label}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setWanted(true)}
    >
      {trigger}
    </button>
  );
  return wanted ? <Suspense fallback={button}>{children}</Suspense> : button;
}
