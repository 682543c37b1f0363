import { implement } from '#platform/context.ts';
import { voc } from '../contract.ts';
import { listCodes } from './list-codes.ts';
import { listRecords } from './list-records.ts';
import { recordVoc } from './record-voc.ts';

export const vocRoom = implement(voc, { codes: listCodes, listRecords, record: recordVoc });
