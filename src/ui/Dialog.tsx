import { lazy, type ReactNode, Suspense } from 'react';

const Body = lazy(() => import('./DialogBody.tsx').then(({ DialogBody }) => ({ default: DialogBody })));

export type DialogProps = {
  title: string;
  about?: string;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
  actions?: ReactNode;
};

/** A question over the present work; what draws it is loaded with the first one. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <Body {...props} />
    </Suspense>
  );
}
