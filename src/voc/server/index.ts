import { implement } from '#platform/context.ts';
import { voc } from '../contract.ts';
import { listCodes } from './list-codes.ts';
import { listRecords } from './list-records.ts';
import { recentCodes } from './recent-codes.ts';
import { recordVoc } from './record-voc.ts';
import { listRequirements, recordBeforeSolved, requireVoc } from './requirement.ts';

export const vocRoom = implement(
  voc,
  {
    codes: listCodes,
    listRecords,
    record: recordVoc,
    recent: recentCodes,
    requirements: listRequirements,
    require: requireVoc,
  },
  { guards: { 'tickets.setStatus': recordBeforeSolved } },
);
