import { DRAWINGS, type IconName } from './drawings.ts';

type Props = { name: IconName; small?: boolean; className?: string; label?: string };

/** A drawing beside a word; alone it needs a `label`. */
export function Icon({ name, small, className, label }: Props) {
  const classes = ['ic', small ? 'ic-s' : '', className ?? ''].filter(Boolean).join(' ');
  const drawing = (
    <svg viewBox="0 0 16 16" className={classes} aria-hidden="true">
      <path d={DRAWINGS[name]} />
    </svg>
  );
  return label ? (
    <span role="img" aria-label={label} title={label} className="icon">
      {drawing}
    </span>
  ) : (
    drawing
  );
}

/** Haedap's mark: an answer that is checked. */
export function Mark({ label, size = 24 }: { label: string; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      role={label ? 'img' : 'presentation'}
      aria-label={label || undefined}
    >
      <path
        fill="var(--text)"
        d="M4 2h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H11l-5 4.5V18H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Z"
      />
      <path
        d="m7.3 10 3.2 3.2 6.2-6.4"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
