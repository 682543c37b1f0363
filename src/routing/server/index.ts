import { implement } from '#platform/context.ts';
import { routing } from '../contract.ts';
import { routeContact, routeJob } from './route-contact.ts';
import { listHits, tryRules } from './try-rules.ts';
import { activateRules, listVersions, saveRules } from './versions.ts';

export const routingRoom = implement(
  routing,
  {
    versions: listVersions,
    tryRules,
    save: saveRules,
    activate: activateRules,
    hits: listHits,
    route: routeContact,
  },
  { jobs: { 'routing.route': routeJob }, hears: { 'tickets.created': 'routing.route' } },
);
