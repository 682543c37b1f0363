import type { ReactNode } from 'react';
import styles from './Layout.module.css';

/** A page of one area: its head, then what fills it. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.page} aria-label={title}>
      <header className={styles.head}>
        <h1 className="f15">{title}</h1>
        {about && <span className="t2">{about}</span>}
        <span className="grow" />
        {actions}
      </header>
      {children}
    </section>
  );
}

/** Content that scrolls below a page's head, at a width that can be read. */
export function Scroll({ narrow, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <div className={styles.scroll} tabIndex={0}>
      <div className={narrow ? styles.narrow : styles.wide}>{children}</div>
    </div>
  );
}

/** The controls that filter a list. */
export function Filters({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search className={styles.filters} aria-label={label}>
      {children}
    </search>
  );
}

/** A titled part of a page or panel. */
export function Part({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.part} aria-label={title}>
      <header className={styles.partHead}>
        <h2>{title}</h2>
        {about && <span className="t3 f12">{about}</span>}
        <span className="grow" />
        {actions}
      </header>
      {children}
    </section>
  );
}

/** Facts of a record: names on the left, what they are on the right. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
