import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import styles from './Field.module.css';
import { Icon } from './Icon.tsx';

type Labelled = {
  label: string;
  /** What is wrong with it, in words of the server or the screen. */
  error?: string | undefined;
  hint?: string | undefined;
  /** Label for readers only, where the place says what it is. */
  bare?: boolean;
};

type ShellProps = Labelled & {
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ReactNode;
};

function Shell({ label, error, hint, bare, children }: ShellProps) {
  const id = useId();
  const about = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={bare ? 'sr' : styles.label}>
        {label}
      </label>
      {children({
        id,
        ...(about ? { 'aria-describedby': `${id}-about` } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {about && (
        <p id={`${id}-about`} className={error ? styles.error : styles.hint}>
          {error && <Icon name="warn" small />}
          {about}
        </p>
      )}
    </div>
  );
}

type InputProps = Labelled &
  InputHTMLAttributes<HTMLInputElement> & { after?: ReactNode; tall?: boolean; ref?: Ref<HTMLInputElement> };

export function Field({ label, error, hint, bare, after, tall, ref, className, ...rest }: InputProps) {
  return (
    <Shell label={label} error={error} hint={hint} bare={bare ?? false}>
      {(ids) => (
        <span
          className={`${styles.box} ${tall ? styles.tall : ''} ${className ?? ''}`}
          data-bad={error ? '' : undefined}
        >
          <input autoComplete="off" {...rest} {...ids} ref={ref} className={styles.input} />
          {after}
        </span>
      )}
    </Shell>
  );
}

type SelectProps = Labelled & SelectHTMLAttributes<HTMLSelectElement> & { small?: boolean };

/** A short choice. The native control: its list is read and typed into like everywhere else. */
export function SelectField({ label, error, hint, bare, small, children, ...rest }: SelectProps) {
  return (
    <Shell label={label} error={error} hint={hint} bare={bare ?? false}>
      {(ids) => (
        <span
          className={`${styles.box} ${styles.selectBox} ${small ? styles.small : ''}`}
          data-bad={error ? '' : undefined}
        >
          <select {...rest} {...ids} className={styles.select}>
            {children}
          </select>
          <Icon name="chev" small className={styles.chevron ?? ''} />
        </span>
      )}
    </Shell>
  );
}

type CheckProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { label: string; hint?: string };

export function CheckField({ label, hint, ...rest }: CheckProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input {...rest} id={id} type="checkbox" />
      <label htmlFor={id}>
        {label}
        {hint && <span className={styles.hint}> {hint}</span>}
      </label>
    </div>
  );
}
