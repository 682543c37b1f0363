import { randomBytes } from 'node:crypto';
import { accountsRoom } from '#accounts/server/index.ts';
import { callsRoom } from '#calls/server/index.ts';
import { catalogueRoom } from '#catalogue/server/index.ts';
import { channelsRoom } from '#channels/server/index.ts';
import { connectorsRoom } from '#connectors/server/index.ts';
import { type ConnectorSettings, NO_CONNECTORS } from '#connectors/settings.ts';
import { customersRoom } from '#customers/server/index.ts';
import { followupsRoom } from '#followups/server/index.ts';
import { launchesRoom } from '#launches/server/index.ts';
import { mallsRoom } from '#malls/server/index.ts';
import { ordersRoom } from '#orders/server/index.ts';
import type { Room } from '#platform/context.ts';
import type { Contract } from '#platform/operation.ts';
import { platformRooms } from '#platform/server/index.ts';
import { requestsRoom } from '#requests/server/index.ts';
import { routingRoom } from '#routing/server/index.ts';
import { templatesRoom } from '#templates/server/index.ts';
import { ticketsRoom } from '#tickets/server/index.ts';
import { transfersRoom } from '#transfers/server/index.ts';
import { vocRoom } from '#voc/server/index.ts';

/** What rooms need from the process that runs them. */
export type RoomDeps = {
  anchorFile?: string | undefined;
  /** Outside systems; none unless given. */
  connectors?: ConnectorSettings | undefined;
  /** Signs marks that leave the company and come back, such as the Message-IDs of mail. */
  secret?: string | undefined;
};

/** The one ordered list of rooms: a room imports only from those before it. */
export function createRooms(deps: RoomDeps = {}): Room[] {
  const rooms: Room[] = [];
  const secret = deps.secret ?? randomBytes(32).toString('hex');
  const contracts = (): Contract[] => rooms.map((room) => room.contract);
  rooms.push(
    ...platformRooms({ ...deps, contracts }),
    accountsRoom(contracts),
    mallsRoom,
    catalogueRoom,
    customersRoom,
    ordersRoom,
    ticketsRoom,
    channelsRoom(secret),
    requestsRoom,
    followupsRoom,
    transfersRoom,
    routingRoom,
    vocRoom,
    templatesRoom,
    callsRoom,
    launchesRoom,
    connectorsRoom(deps.connectors ?? NO_CONNECTORS, secret),
  );
  return rooms;
}
