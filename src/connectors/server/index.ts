import { implement, type Room } from '#platform/context.ts';
import { connectors } from '../contract.ts';
import type { ConnectorSettings } from '../settings.ts';
import { checkParcel } from './check-parcel.ts';
import { listSources } from './list-sources.ts';
import { trackOne, trackParcels } from './track-parcels.ts';

/** Outside systems: what asks them, how they stand. */
export function connectorsRoom(settings: ConnectorSettings): Room {
  return implement(
    connectors,
    { listSources: listSources(settings), checkParcel: checkParcel(settings) },
    {
      jobs: { 'connectors.trackParcels': trackParcels(settings), 'connectors.trackOne': trackOne(settings) },
      clock: { 'connectors.trackParcels': '* * * * *' },
    },
  );
}
