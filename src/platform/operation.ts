import { z } from 'zod';

/** A text that people read, in both languages. Refusal texts may hold `{name}` slots filled from the facts. */
export type Words = { ko: string; en: string };
export type Language = keyof Words;

/** Who works here, as product.md names them. Scopes (malls, centres, partners) say where. */
export const ROLES = [
  'agent',
  'senior_agent',
  'shift_lead',
  'manager',
  'head',
  'planner',
  'md',
  'logistics',
  'partner',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** One role somewhere: `null` means all, a list means only these. */
export type Grant = {
  role: Role;
  malls: readonly string[] | null;
  centres: readonly string[] | null;
  partners: readonly string[] | null;
};

/**
 * Who calls. `user` signed in, `key` is a user through an API key, `system` is Haedap itself (jobs,
 * simulator, the command line of whoever owns the data folder).
 */
export type Actor = {
  kind: 'user' | 'key' | 'system';
  id: string;
  name: string;
  email: string;
  language: Language;
  grants: readonly Grant[];
  /** Permissions that an API key is limited to; `null`: all that its owner has. */
  only: readonly string[] | null;
  /** Session or key that carries the call: the rate limit counts by it. */
  sessionId: string;
};

/** A refusal as a contract declares it: its text and the facts that fill the text. */
export type RefusalSpec = { text: Words; facts: z.ZodObject };

export function refusal<S extends z.ZodRawShape = Record<never, never>>(text: Words, facts?: S) {
  return { text, facts: z.strictObject(facts ?? ({} as S)) } satisfies RefusalSpec;
}

/** A "no" that the contract declares. Returned by rules and handlers, never thrown. */
export class Refusal<C extends string = string, F = unknown> {
  readonly code: C;
  readonly facts: F;
  constructor(code: C, facts: F) {
    this.code = code;
    this.facts = facts;
  }
}

export function refuse<C extends string, F>(code: C, facts: F): Refusal<C, F> {
  return new Refusal(code, facts);
}

/** Answer of any operation that names a record which does not exist or lies outside the caller's scope: HTTP 404. */
export const notFound = () => new Refusal('not_found', {});

/** Ids of records that exist in the sample company, for examples: `known.ticketId`. */
export type Known = Readonly<Record<KnownName, string>>;
export type KnownName =
  | 'userId'
  | 'customerId'
  | 'otherCustomerId'
  | 'identityId'
  | 'mergeId'
  | 'conductStepId'
  | 'warnedCustomerId'
  | 'askedBlockId'
  | 'heldBlockId'
  | 'orderId'
  | 'ticketId'
  | 'undoTicketId'
  | 'otherTicketNumber'
  | 'mergeTicketId'
  | 'mergeIntoId'
  | 'mergedTicketId'
  | 'splitTicketId'
  | 'splitMessageId'
  | 'splitOffId'
  | 'viewId'
  | 'bulkId'
  | 'doneBulkId'
  | 'replyId'
  | 'heldReplyId'
  | 'failedReplyId'
  | 'otherFailedReplyId'
  | 'callId'
  | 'channelMailId'
  | 'channelFileId'
  | 'waitingFileId'
  | 'uploadId'
  | 'vocRecordId'
  | 'requestId'
  | 'closingRequestId'
  | 'answeredRequestId'
  | 'undeliveredOrderId'
  | 'changeableOrderId'
  | 'changeId'
  | 'closingChangeId'
  | 'promiseId'
  | 'closingPromiseId'
  | 'callBackId'
  | 'claimedCallBackId'
  | 'ownCallBackId'
  | 'closingCallBackId'
  | 'transferId'
  | 'acceptedTransferId'
  | 'answeredTransferId'
  | 'returnedTransferId'
  | 'withdrawnTransferId'
  | 'templateId'
  | 'retiringTemplateId'
  | 'folderId'
  | 'proposalId'
  | 'decliningProposalId'
  | 'routingVersion'
  | 'productId'
  | 'partnerId'
  | 'mall'
  | 'jobId'
  | 'exportJobId'
  | 'importId'
  | 'newImportId'
  | 'auditId'
  | 'keyId'
  | 'sessionId';

type Spec<I extends z.ZodObject, O extends z.ZodType, R extends Record<string, RefusalSpec>> = {
  title: Words;
  /** Permission that the caller's role must have, declared by the contract; `signed_in` for everybody with a session. */
  may: string;
  /** A `z.strictObject`: unknown fields are refused with their path. */
  input: I;
  output: O;
  refusals?: R;
  /** Reads or changes rows of scoped tables: generated tests prove that another scope's record is refused. */
  scoped?: boolean;
  /** Input that succeeds for a caller with permission and scope; OpenAPI shows it, generated tests run it. */
  example: (known: Known) => z.input<I>;
};

export type QuerySpec<
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  R extends Record<string, RefusalSpec> = Record<string, RefusalSpec>,
> = Spec<I, O, R> & { kind: 'query' };

export type CommandSpec<
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  R extends Record<string, RefusalSpec> = Record<string, RefusalSpec>,
> = Spec<I, O, R> & {
  kind: 'command';
  /** Rooms whose cached answers a screen must fetch again after this command. */
  refreshes?: readonly string[];
  /** Says something that passes by itself (who is typing): neither audited nor kept; open screens hear its events. */
  passing?: boolean;
  /** The answer holds a secret or revealed personal data: it is never stored, and a repeated key is told so. */
  answerOnce?: boolean;
};

export type OperationSpec = QuerySpec | CommandSpec;
export type Operation<S extends OperationSpec = OperationSpec> = S & { name: string; room: string };

export type Contract<Ops extends Record<string, OperationSpec> = Record<string, OperationSpec>> = {
  room: string;
  title: Words;
  /** Which roles have which permission of this room. */
  permissions: Record<string, PermissionSpec>;
  operations: { [K in keyof Ops]: Operation<Ops[K]> };
  /** Events, by their name without the room's, that may be told without a scope, each with its reason. */
  companyWide: Readonly<Record<string, string>>;
};
export type PermissionSpec = { title: Words; roles: readonly Role[] };

/** Declares a read. It runs on a read-only connection, so that it cannot write. */
export function query<
  const M extends string,
  I extends z.ZodObject,
  O extends z.ZodType,
  R extends Record<string, RefusalSpec> = Record<never, never>,
>(spec: Spec<I, O, R> & { may: M }) {
  return { kind: 'query' as const, ...spec };
}

/** Declares a change. It runs in one transaction with its audit record and outbox events. */
export function command<
  const M extends string,
  I extends z.ZodObject,
  O extends z.ZodType,
  R extends Record<string, RefusalSpec> = Record<never, never>,
>(spec: Omit<CommandSpec<I, O, R>, 'kind'> & { may: M }) {
  return { kind: 'command' as const, ...spec };
}

/**
 * All that a room offers: its operations and who may use them. From it come the HTTP route, OpenAPI, the web's
 * typed calls, the command line, the permission matrix, masking, the audit record and the generated tests.
 */
export function contract<const P extends Record<string, PermissionSpec>, Ops extends Record<string, OperationSpec>>(
  room: string,
  declared: {
    title: Words;
    permissions: P;
    operations: Ops & { [K in keyof Ops]: { may: (keyof P & string) | 'signed_in' } };
    companyWide?: Record<string, string>;
  },
): Contract<Ops> {
  const operations = Object.fromEntries(
    Object.entries(declared.operations).map(([verb, spec]) => [verb, { ...spec, name: `${room}.${verb}`, room }]),
  ) as unknown as Contract<Ops>['operations'];
  const { title, permissions, companyWide = {} } = declared;
  return { room, title, permissions, operations, companyWide };
}

export type Input<S extends OperationSpec> = z.output<S['input']>;
export type Output<S extends OperationSpec> = z.input<S['output']>;

type Declared<S extends OperationSpec> = S extends { refusals?: infer R }
  ? { [C in keyof R & string]: R[C] extends RefusalSpec ? Refusal<C, z.input<R[C]['facts']>> : never }[keyof R & string]
  : never;

/** What a handler may answer: the output, a refusal of its contract, or `notFound()`. */
export type Answer<S extends OperationSpec> = Output<S> | Declared<S> | Refusal<'not_found', object>;
