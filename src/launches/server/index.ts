import { implement } from '#platform/context.ts';
import { launches } from '../contract.ts';
import { markItem, setOpening } from './mark-readiness.ts';
import { getReadiness, listReadiness } from './read-readiness.ts';

export const launchesRoom = implement(launches, {
  list: listReadiness,
  get: getReadiness,
  mark: markItem,
  setOpening,
});
