import { implement, type Room } from '#platform/context.ts';
import { connectors } from '../contract.ts';
import type { ConnectorSettings } from '../settings.ts';
import { checkParcel } from './check-parcel.ts';
import { listSources } from './list-sources.ts';
import { sendMail, sendWaiting } from './send-mail.ts';
import { trackOne, trackParcels } from './track-parcels.ts';

/** Outside systems: what asks them, how they stand. `secret` signs the addresses to which answers come. */
export function connectorsRoom(settings: ConnectorSettings, secret: string): Room {
  return implement(
    connectors,
    { listSources: listSources(settings), checkParcel: checkParcel(settings) },
    {
      jobs: {
        'connectors.trackParcels': trackParcels(settings),
        'connectors.trackOne': trackOne(settings),
        'connectors.sendMail': sendMail(settings.mail, secret),
        'connectors.sendWaiting': sendWaiting(settings.mail, secret),
      },
      clock: { 'connectors.trackParcels': '* * * * *', 'connectors.sendWaiting': '* * * * *' },
    },
  );
}
