import { z } from 'zod';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, type Language, query, ROLES, type Role, refusal, type Words } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';
import { Preference, PreferenceName, profileRefusals, Rebound } from './contract/profile.ts';

export const LANGUAGES = ['ko', 'en'] as const satisfies readonly Language[];
export const THEMES = ['light', 'dark', 'system'] as const;

/** Roles as people read them. */
export const ROLE_TITLES: Record<Role, Words> = {
  agent: { ko: '상담사', en: 'Agent' },
  senior_agent: { ko: '2차 상담', en: 'Senior agent' },
  shift_lead: { ko: '파트장', en: 'Shift lead' },
  manager: { ko: '현장 관리자', en: 'Centre manager' },
  head: { ko: '센터장·CX 팀장', en: 'Head of CX' },
  planner: { ko: 'CX 기획자', en: 'CX planner' },
  md: { ko: '담당 MD', en: 'MD' },
  logistics: { ko: '물류 담당', en: 'Logistics' },
  partner: { ko: '협력사', en: 'Partner' },
  admin: { ko: '시스템 관리자', en: 'Administrator' },
};

/** Code of a mall or a centre: `own`, `11st`. */
const Code = z.string().regex(/^[a-z0-9_-]{1,40}$/);
const WordsOut = z.strictObject({ ko: z.string(), en: z.string() });

/** One role somewhere; `null` is everywhere, a list only there. */
export const GrantOut = z.strictObject({
  role: z.enum(ROLES),
  malls: z.array(z.string()).nullable(),
  centres: z.array(z.string()).nullable(),
  partners: z.array(z.string()).nullable(),
});
export const GrantIn = z
  .strictObject({
    role: z.enum(ROLES),
    malls: z.array(Code).min(1).max(100).nullable().default(null),
    centres: z.array(Code).min(1).max(100).nullable().default(null),
    partners: z.array(Id).min(1).max(100).nullable().default(null),
  })
  .refine((grant) => grant.role !== 'partner' || grant.partners !== null, {
    error: 'partners',
    path: ['partners'],
  });

/** Staff are shown in full to colleagues: their names and addresses are no customer's. */
export const Person = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  language: z.enum(LANGUAGES),
  grants: z.array(GrantOut),
  twoFactor: z.boolean(),
  mustChangePassword: z.boolean(),
  /** Until when no password is tried any more, after several wrong ones. */
  lockedUntil: Instant.nullable(),
  disabledAt: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
  createdAt: Instant,
});

const Company = z.strictObject({ name: z.string(), kind: z.enum(['sample', 'real']), setUpAt: Instant });

const Me = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  kind: z.enum(['user', 'key', 'system']),
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
  hotkeys: z.array(Rebound),
  /** What their screens remember, by name: `list.orders`, `cases`. Drafts are told by name only. */
  preferences: z.record(z.string(), z.unknown()),
  drafts: z.array(z.string()),
  twoFactor: z.boolean(),
  mustChangePassword: z.boolean(),
  grants: z.array(GrantOut),
  /** Names of the operations that the caller may run: screens hide the rest. */
  permitted: z.array(z.string()),
  company: Company.nullable(),
});

const Session = z.strictObject({
  id: Id,
  /** The session that asks. */
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});

const Key = z.strictObject({
  id: Id,
  name: z.string().nullable(),
  /** How the key begins, to tell it from others. */
  start: z.string().nullable(),
  /** Permissions that it is limited to; null: all that its owner has. */
  permissions: z.array(z.string()).nullable(),
  enabled: z.boolean(),
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  createdAt: Instant,
});

const MatrixRow = z.strictObject({
  permission: z.string(),
  title: WordsOut,
  roles: z.array(z.enum(ROLES)),
  operations: z.array(z.strictObject({ name: z.string(), title: WordsOut, kind: z.enum(['query', 'command']) })),
});

export const Centre = z.strictObject({ id: z.string(), name: WordsOut, kind: z.enum(['own', 'outsourced']) });

const emailTaken = refusal({ ko: '이미 쓰고 있는 이메일입니다.', en: 'This e-mail already has an account.' });
const centreUnknown = refusal(
  { ko: "'{centre}' 센터가 없습니다.", en: "There is no centre '{centre}'." },
  { centre: z.string() },
);
const lastAdmin = refusal({
  ko: '마지막 시스템 관리자입니다. 다른 사람을 먼저 관리자로 지정해 주세요.',
  en: 'This is the last administrator. Make somebody else one first.',
});
const beyondScope = refusal({
  ko: '담당 범위를 넘는 권한은 줄 수 없습니다. 전체 관리자에게 요청해 주세요.',
  en: 'This reaches beyond what you manage. Please ask an administrator of everything.',
});
const keyIsLimited = refusal({
  ko: '권한이 제한된 API 키로는 할 수 없습니다. 직접 로그인해 주세요.',
  en: 'A limited API key cannot do this. Please sign in.',
});

const manage = 'accounts.manage' as const;
const read = 'accounts.read' as const;

/** Why changes of people are told everywhere: an id and no more. */
const COLLEAGUES = 'everybody but partners sees who works here';

/** People, who may do what where, their sessions and keys. Sign-in itself: README.md. */
export const accounts = contract('accounts', {
  title: { ko: '사용자와 권한', en: 'People and roles' },
  permissions: {
    'accounts.read': {
      title: { ko: '동료와 권한 보기', en: 'See colleagues and permissions' },
      roles: ROLES.filter((role) => role !== 'partner'),
    },
    'accounts.manage': { title: { ko: '사용자와 권한 관리', en: 'Manage people and roles' }, roles: ['admin'] },
  },
  companyWide: {
    person_created: COLLEAGUES,
    person_enabled: COLLEAGUES,
    person_disabled: COLLEAGUES,
    person_unlocked: COLLEAGUES,
    password_reset: COLLEAGUES,
    grants_set: COLLEAGUES,
    profile_changed: COLLEAGUES,
    centre_added: COLLEAGUES,
  },
  operations: {
    me: query({
      title: { ko: '내 정보', en: 'Who I am' },
      may: 'signed_in',
      input: z.strictObject({}),
      output: Me,
      example: () => ({}),
    }),
    updateProfile: command({
      title: { ko: '내 정보 수정', en: 'Change my profile' },
      may: 'signed_in',
      input: z.strictObject({
        name: text(100).optional(),
        language: z.enum(LANGUAGES).optional(),
        theme: z.enum(THEMES).optional(),
        hotkeys: z.array(Rebound).max(100).optional(),
        /** Kept beside those that were kept before, each under its name. */
        preferences: z.record(PreferenceName, Preference).optional(),
      }),
      output: Person,
      refusals: {
        key_is_limited: keyIsLimited,
        ...profileRefusals,
      },
      example: () => ({ theme: 'system' as const, preferences: { 'list.orders': { hidden: ['malls'] } } }),
    }),
    getPreference: query({
      title: { ko: '화면 설정', en: 'What a screen remembers' },
      may: 'signed_in',
      input: z.strictObject({ name: PreferenceName }),
      /** Null when nothing is kept under the name. */
      output: z.strictObject({ value: z.unknown() }),
      example: () => ({ name: 'list.orders' }),
    }),
    listPeople: query({
      title: { ko: '사용자', en: 'People' },
      may: read,
      input: z.strictObject({
        q: text(100).optional(),
        role: z.enum(ROLES).optional(),
        centre: Code.optional(),
        state: z.enum(['active', 'disabled', 'locked']).optional(),
        sort: z.enum(['name', '-name', 'email', '-email']).default('name'),
        ...pagingBy('text', 'id'),
      }),
      output: page(Person),
      example: () => ({ limit: 20 }),
    }),
    getPerson: query({
      title: { ko: '사용자', en: 'Person' },
      may: read,
      input: z.strictObject({ id: Id }),
      output: Person,
      example: (known) => ({ id: known.userId }),
    }),
    createPerson: command({
      title: { ko: '사용자 추가', en: 'Add a person' },
      may: manage,
      input: z.strictObject({
        email: z.email().max(200),
        name: text(100),
        language: z.enum(LANGUAGES).default('ko'),
        grants: z.array(GrantIn).max(20).default([]),
      }),
      /** The first password, shown once; its owner is asked to change it. */
      output: z.strictObject({ person: Person, password: z.string() }),
      refusals: { email_taken: emailTaken, centre_unknown: centreUnknown, beyond_your_scope: beyondScope },
      answerOnce: true,
      example: () => ({ email: 'new.person@example.com', name: '신입 상담사', grants: [{ role: 'agent' as const }] }),
    }),
    setGrants: command({
      title: { ko: '역할과 담당 범위 지정', en: 'Set roles and scopes' },
      may: manage,
      input: z.strictObject({ id: Id, grants: z.array(GrantIn).max(20) }),
      output: Person,
      refusals: { last_admin: lastAdmin, centre_unknown: centreUnknown, beyond_your_scope: beyondScope },
      example: (known) => ({ id: known.userId, grants: [{ role: 'agent' as const }] }),
    }),
    disablePerson: command({
      title: { ko: '사용 중지', en: 'Disable a person' },
      may: manage,
      input: z.strictObject({ id: Id }),
      output: Person,
      refusals: { last_admin: lastAdmin },
      example: (known) => ({ id: known.userId }),
    }),
    enablePerson: command({
      title: { ko: '다시 사용', en: 'Enable a person again' },
      may: manage,
      input: z.strictObject({ id: Id }),
      output: Person,
      example: (known) => ({ id: known.userId }),
    }),
    unlockPerson: command({
      title: { ko: '잠금 해제', en: 'Unlock a person' },
      may: manage,
      input: z.strictObject({ id: Id }),
      output: Person,
      example: (known) => ({ id: known.userId }),
    }),
    resetPassword: command({
      title: { ko: '비밀번호 다시 정하기', en: 'Reset a password' },
      may: manage,
      /** `secondFactor`: also switches the second factor off, for somebody who lost the phone and the codes. */
      input: z.strictObject({ id: Id, secondFactor: z.boolean().default(false) }),
      output: z.strictObject({ person: Person, password: z.string() }),
      answerOnce: true,
      example: (known) => ({ id: known.userId }),
    }),
    listSessions: query({
      title: { ko: '로그인한 기기', en: 'Sessions' },
      may: 'signed_in',
      /** `person`: somebody else's, for who manages people. */
      input: z.strictObject({ person: Id.optional() }),
      output: page(Session),
      example: () => ({}),
    }),
    revokeSession: command({
      title: { ko: '기기 로그아웃', en: 'End a session' },
      may: 'signed_in',
      input: z.strictObject({ id: Id }),
      /** 0 when it had ended already, or is not the caller's to end. */
      output: z.strictObject({ ended: z.int() }),
      refusals: { key_is_limited: keyIsLimited },
      example: (known) => ({ id: known.sessionId }),
    }),
    signOutEverywhere: command({
      title: { ko: '모든 기기에서 로그아웃', en: 'Sign out everywhere' },
      may: 'signed_in',
      /** Own sessions: all but the present one, unless `current`. */
      input: z.strictObject({ person: Id.optional(), current: z.boolean().default(false) }),
      output: z.strictObject({ ended: z.int() }),
      refusals: { key_is_limited: keyIsLimited },
      example: () => ({}),
    }),
    listKeys: query({
      title: { ko: 'API 키', en: 'API keys' },
      may: 'signed_in',
      input: z.strictObject({ person: Id.optional() }),
      output: page(Key),
      example: () => ({}),
    }),
    createKey: command({
      title: { ko: 'API 키 만들기', en: 'Create an API key' },
      may: 'signed_in',
      input: z.strictObject({
        name: text(32),
        /** Names of permissions, `tickets.read`; absent: all that its owner has. */
        permissions: z.array(text(100)).min(1).max(200).optional(),
        expiresInDays: z.int().min(1).max(3650).optional(),
        person: Id.optional(),
      }),
      /** The key itself, shown once. */
      output: z.strictObject({ id: Id, key: z.string() }),
      refusals: {
        key_is_limited: keyIsLimited,
        permission_unknown: refusal(
          { ko: "'{permission}' 권한이 없습니다.", en: "There is no permission '{permission}'." },
          { permission: z.string() },
        ),
      },
      answerOnce: true,
      example: () => ({ name: 'ERP' }),
    }),
    revokeKey: command({
      title: { ko: 'API 키 폐기', en: 'Revoke an API key' },
      may: 'signed_in',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ revoked: z.int() }),
      refusals: { key_is_limited: keyIsLimited },
      example: (known) => ({ id: known.keyId }),
    }),
    permissionMatrix: query({
      title: { ko: '권한표', en: 'Permission matrix' },
      may: read,
      input: z.strictObject({}),
      output: z.strictObject({
        roles: z.array(z.strictObject({ role: z.enum(ROLES), title: WordsOut })),
        rooms: z.array(z.strictObject({ room: z.string(), title: WordsOut, permissions: z.array(MatrixRow) })),
        /** What everybody who is signed in may do. */
        signedIn: MatrixRow.shape.operations,
      }),
      example: () => ({}),
    }),
    listCentres: query({
      title: { ko: '고객센터', en: 'Centres' },
      may: 'signed_in',
      input: z.strictObject({}),
      output: page(Centre),
      example: () => ({}),
    }),
    addCentre: command({
      title: { ko: '고객센터 추가', en: 'Add a centre' },
      may: manage,
      input: z.strictObject({
        id: Code,
        name: z.strictObject({ ko: text(100), en: text(100) }),
        kind: z.enum(['own', 'outsourced']),
      }),
      output: Centre,
      refusals: {
        centre_exists: refusal({ ko: '이미 있는 센터 코드입니다.', en: 'This centre code exists.' }),
        beyond_your_scope: beyondScope,
      },
      example: () => ({ id: 'busan', name: { ko: '부산 고객센터', en: 'Busan centre' }, kind: 'own' as const }),
    }),
    company: query({
      title: { ko: '회사', en: 'Company' },
      may: 'signed_in',
      input: z.strictObject({}),
      output: z.strictObject({ company: Company.nullable() }),
      example: () => ({}),
    }),
  },
});
