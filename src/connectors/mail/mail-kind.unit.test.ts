import { expect, test } from 'vitest';
import { cleanHtml, textOfHtml } from './clean-html.ts';
import { composeMail, referencesOf, replySubject } from './compose-mail.ts';
import { parseMail } from './parse-mail.ts';
import { foldQuote } from './quoted-text.ts';
import { rawMail } from './testing-mail.ts';

const NOW = new Date('2026-11-30T03:00:00Z');
const parse = (headers: string[], body = '내용') => parseMail(rawMail(headers, body), NOW);
const FROM = 'From: kim@example.com';

test.each([
  ['Auto-Submitted: auto-replied', 'auto_submitted'],
  ['Auto-Submitted: auto-generated (rejected)', 'auto_submitted'],
  ['Precedence: bulk', 'bulk'],
  ['Precedence: list', 'bulk'],
  ['List-Id: <news.example.com>', 'list'],
  ['X-Auto-Response-Suppress: All', 'suppress'],
  ['Return-Path: <>', 'empty_return_path'],
  ['Auto-Submitted: no', null],
  ['X-Mailer: Foxmail', null],
])('%s: %s', async (header, machine) => {
  expect((await parse([FROM, header])).machine).toBe(machine);
});
test('a sender that takes no answers is a machine', async () => {
  expect((await parse(['From: 알림 <no-reply@shop.example>'])).machine).toBe('no_reply');
});

const DSN = `--r
Content-Type: text/plain; charset=utf-8

배달하지 못했습니다.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; Kim@Example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
--r
Content-Type: text/rfc822-headers

Message-ID:
 <t.12.ab.0011223344556677@shop.example>
Subject: Re: test
--r--
`;
test('a delivery report says who was not reached, why, and about which mail', async () => {
  const mail = await parse(
    [
      'From: MAILER-DAEMON@mx.example.com',
      'Return-Path: <>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
    ],
    DSN,
  );
  expect(mail.bounce).toEqual({
    recipients: [{ address: 'kim@example.com', action: 'failed', status: '5.1.1', why: '550 5.1.1 User unknown' }],
    about: ['t.12.ab.0011223344556677@shop.example'],
    guessed: false,
  });
});

test.each([
  '[메일전송실패 안내] 문의 답변',
  '메일 발송 실패 알림',
  '반송된 메일: 문의 답변',
  '메일이 반송되었습니다',
  'Undelivered Mail Returned to Sender',
])('a portal that keeps to no standard is known by its words, and marked as a guess: %s', async (subject) => {
  const headers = [
    'From: postmaster@portal.example',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
  ];
  const mail = await parse(headers, '수신자를 찾을 수 없습니다.\n> Message-ID: <t.7.ab.0011223344556677@shop.example>');
  expect(mail.bounce).toMatchObject({ guessed: true, about: ['t.7.ab.0011223344556677@shop.example'] });
});

test('a customer who writes about a failed delivery is no bounce', async () => {
  const subject = `Subject: =?utf-8?B?${Buffer.from('배송 실패 안내 받았는데요, 반송 메일도 왔어요').toString('base64')}?=`;
  expect((await parse([FROM, subject])).bounce).toBeNull();
});

test.each([
  ['네, 교환할게요.\n\n-----Original Message-----\nFrom: "해답" <help@shop.example>\n물어보신 내용', '네, 교환할게요.'],
  [
    '알겠습니다\n\n2026년 11월 30일 (월) 오전 9:12, 해답 고객센터 <help@shop.example>님이 작성:\n> 안내드립니다',
    '알겠습니다',
  ],
  ['감사합니다\n\nOn Mon, Nov 30, 2026 at 9:12 AM Haedap\n<help@shop.example> wrote:\n> hello', '감사합니다'],
  [
    '확인했어요\n\n보낸사람: 해답 <help@shop.example>\n받는사람: 김서연 <kim@example.com>\n날짜: 2026-11-30\n제목: Re: 문의\n\n본문',
    '확인했어요',
  ],
  ['네\n---------- 원본 메일 ----------\n보낸 사람 : 해답', '네'],
  ['네 그렇게 해 주세요\n\n> 반품하시겠어요?\n> 답 주세요\n', '네 그렇게 해 주세요'],
])('what was quoted is folded: %j', (whole, own) => {
  const { text, quoted } = foldQuote(whole);
  expect(text).toBe(own);
  expect(quoted).toBeTruthy();
});

test.each([
  '보낸사람: 이름이 다르게 나와요. 고쳐 주세요',
  '> 반품하시겠어요?\n네\n> 언제 오나요\n내일이요',
  '-----Original Message-----\nFrom: a@b.example\n전달합니다',
  '아래와 같이 작성: 부탁드려요\n1번',
  '',
])('what is not quoted stays whole: %j', (whole) => {
  expect(foldQuote(whole)).toEqual({ text: whole.trim(), quoted: null });
});

test.each([
  ['<script>alert(1)</script><p>본문</p>', 'alert'],
  ['<p onclick="x()">본문</p><img src=x onerror=alert(1)>', 'onerror'],
  ['<a href="javascript:alert(1)">본문</a>', 'javascript'],
  [
    '<style>p{background:url(//x)}</style><p style="background:url(https://t.example/p.gif);position:fixed">본문</p>',
    'url(',
  ],
  ['<svg><script>alert(1)</script></svg><math><mi xlink:href="data:x">본문</mi></math>', 'script'],
  [
    '<iframe src="https://x.example"></iframe><object data="x"></object><form action="x"><input name=a>본문</form>',
    'x.example',
  ],
  ['<base href="https://x.example/"><meta http-equiv=refresh content="0;url=https://x.example">본문', 'x.example'],
  ['<!--[if mso]><script>a()</script><![endif]-->본문<p style="x:expression(alert(1))">', 'expression'],
  ['<img src="data:text/html,<script>1</script>">본문', 'data:'],
])('nothing active comes through: %s', (dirty, bad) => {
  const { html } = cleanHtml(dirty);
  expect(html).not.toContain(bad);
  expect(html).not.toMatch(/<(script|style|iframe|object|form|input|base|meta|svg|link)/i);
});

test('images from elsewhere load nothing until asked for; those that came along are named', () => {
  const clean = cleanHtml(
    '<img src="https://t.example/open.gif?u=1" width=1><img src="//t.example/b.png"><img src="cid:a%40x">',
  );
  expect(clean).toMatchObject({ remote: 2, cids: ['a@x'] });
  expect(clean.html).not.toMatch(/\ssrc=/);
  expect(clean.html).toContain('data-remote="https://t.example/b.png"');
});

test('the text of HTML has its lines, and its quotes marked', () => {
  const html = '<div>첫 줄<br>둘째&nbsp;줄</div><style>x{}</style><blockquote><p>옛 글</p></blockquote>';
  expect(textOfHtml(html)).toBe('첫 줄\n둘째 줄\n\n> 옛 글');
});

test('an answer says what it answers, keeps the chain short, and names its ticket once', () => {
  const chain = Array.from({ length: 40 }, (_, i) => `m${i}@x`);
  expect(referencesOf(chain, 'm40@x')).toEqual(['m0@x', ...chain.slice(-19), 'm40@x']);
  expect(referencesOf(['a@x'], 'a@x')).toEqual(['a@x']);
  expect(replySubject('RE: re: 배송 문의 [#T12]', 12)).toBe('Re: 배송 문의 [#T12]');
  const mail = composeMail({
    ...{ from: { name: '해답', address: 'help@shop.example' }, to: 'kim@example.com', replyTo: null, subject: '문의' },
    ...{
      ticket: 12,
      messageId: 't.12.ab.x@shop.example',
      text: '안녕하세요',
      inReplyTo: 'a@x',
      references: [],
      files: [],
      automatic: true,
    },
  });
  expect(mail).toMatchObject({
    inReplyTo: '<a@x>',
    references: ['<a@x>'],
    headers: { 'Auto-Submitted': 'auto-replied' },
    envelope: { from: '' },
  });
});
