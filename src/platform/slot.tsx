import { type ComponentType, createElement, Fragment, lazy, Suspense } from 'react';

/** A place on a screen that later rooms fill: the app says what stands in it, loaded when it is drawn. */
export type Slot<P extends object> = {
  fill: (load: () => Promise<ComponentType<P>>) => void;
  parts: () => readonly ComponentType<P>[];
};

/** Declared by the room whose screen has the place, in its `web/parts.tsx`. */
export function slot<P extends object>(): Slot<P> {
  const parts: ComponentType<P>[] = [];
  return {
    fill: (load) => void parts.push(lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>),
    parts: () => parts,
  };
}

/** Draws what stands in a slot, in the order in which it was filled; nothing while it loads. */
export function SlotOf<P extends object>({ of, props }: { of: Slot<P>; props: P }) {
  return (
    <Suspense>
      {of.parts().map((part, index) => (
        // Filled once, before the first screen: the place in the list names the part.
        <Fragment key={String(index)}>{createElement(part, props)}</Fragment>
      ))}
    </Suspense>
  );
}
