import type { ReactNode } from 'react';
import type { IconName } from '#ui/drawings.ts';
import type { Words } from './operation.ts';
import type { OperationName } from './web.ts';

/** Where a screen belongs in the left rail. `none`: reached from the quick menu, the palette or other screens. */
export type Area = 'desk' | 'calls' | 'claims' | 'voc' | 'board' | 'settings' | 'none';

/** A full page of a room. The router, the rail, the palette and the tests of all screens read this list. */
export type Screen = {
  /** `/orders/$orderId`; the path is the screen's name. */
  path: string;
  title: Words;
  icon: IconName;
  area: Area;
  /** Operation without which the screen is not there for this person; null: for everybody signed in. */
  needs: OperationName | null;
  /** Stands in the rail only for those who may run this too: others come to it by links and the palette. */
  railNeeds?: OperationName;
  /** The first screen of whoever may run this: a partner starts with its requests. */
  home?: OperationName;
  /** Shown in the rail's area or the palette: a screen that needs no record to be opened. */
  listed: boolean;
  /** Loaded when it is first opened: `Screen` is its component. */
  load: () => Promise<{ Screen: () => ReactNode }>;
};

export const screens = (list: readonly Screen[]): readonly Screen[] => list;
