import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from './charset.ts';
import { decodeHeader, readStructured } from './header-text.ts';
import { fileName, parseMail } from './parse-mail.ts';
import { cp949, iso2022kr, rawMail, word } from './testing-mail.ts';

const NOW = new Date('2026-11-30T03:00:00Z');
const parse = (headers: readonly (string | Buffer)[], body?: string | Buffer) => parseMail(rawMail(headers, body), NOW);
const FROM = 'From: =?UTF-8?B?6rmA7ISc7Jew?= <kim@example.com>';
const TEXT = '주문한 똠양꿍 세트가 언제 오나요? 펲시도요.';

describe('charsets', () => {
  test.each([
    'euc-kr',
    'EUC_KR',
    'ks_c_5601-1987',
    'KS_C_5601',
    'ksc5601',
    'cp949',
    'MS949',
    'UHC',
    'x-windows-949',
    '949',
  ])('%s is CP949, with the syllables that EUC-KR lacks', async (charset) => {
    const mail = await parse([FROM, `Content-Type: text/plain; charset="${charset}"`], cp949(TEXT));
    expect(mail.text).toBe(TEXT);
  });

  test.each(['utf-8', 'us-ascii', 'iso-8859-1', 'unknown-8bit', 'x-nonsense', ''])(
    'CP949 labelled %j is read as what it is, and so is UTF-8',
    async (charset) => {
      const header = `Content-Type: text/plain${charset ? `; charset=${charset}` : ''}`;
      expect((await parse([FROM, header], cp949(TEXT))).text).toBe(TEXT);
      expect((await parse([FROM, header], TEXT)).text).toBe(TEXT);
    },
  );

  test('ISO-2022-KR is read, in text and in a header', async () => {
    const bytes = iso2022kr('반품 안내 ABC 부탁드립니다');
    const mail = await parse(
      [FROM, `Subject: ${word('iso-2022-kr', bytes)}`, 'Content-Type: text/plain; charset=ISO-2022-KR'],
      bytes,
    );
    expect(mail).toMatchObject({ text: '반품 안내 ABC 부탁드립니다', subject: '반품 안내 ABC 부탁드립니다' });
  });

  test('UTF-8 labelled EUC-KR is UTF-8 where it cannot be Korean bytes', () => {
    expect(decodeText(Buffer.from('교환 접수 완료했습니다'), 'euc-kr')).toBe('교환 접수 완료했습니다');
  });

  test('a NUL, and the 0x80 in its place that dovecot gives, spoil nothing', () => {
    const nul = (by: number) => Buffer.concat([cp949('안녕'), Buffer.from([by]), cp949('하세요')]);
    expect(decodeText(Buffer.concat([cp949('안녕'), Buffer.from([0]), cp949('하세요')]), 'euc-kr')).toBe('안녕하세요');
    expect(decodeText(nul(0), 'utf-8')).toBe('안녕하세요');
    expect(decodeText(Buffer.from([0x61, 0x80, 0x62]), 'utf-8')).toBe('ab');
  });

  test('any bytes under any label give a text that PostgreSQL keeps', () => {
    const label = fc.constantFrom('utf-8', 'euc-kr', 'iso-2022-kr', 'utf-16le', 'utf-7', 'gb18030', 'x', null);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), label, (bytes, name) => {
        const text = decodeText(Buffer.from(bytes), name);
        expect(text.includes('\0') || !text.isWellFormed()).toBe(false);
      }),
    );
  });

  test('every text of Korean, English and marks survives UTF-8 and CP949', () => {
    const chars = fc.string({ unit: fc.constantFrom(...'가힣똠뷁펲한글 ABCxyz019.,?!~()·…'), maxLength: 40 });
    fc.assert(
      fc.property(chars, (text) => {
        expect(decodeText(Buffer.from(text), 'utf-8')).toBe(text);
        expect(decodeText(cp949(text), 'ks_c_5601-1987')).toBe(text);
      }),
    );
  });
});

describe('headers', () => {
  test('words cut in the middle of a character are joined before they are read', () => {
    const bytes = cp949('환불 요청드립니다');
    for (let cut = 1; cut < bytes.length; cut++) {
      const broken = `${word('euc-kr', bytes.subarray(0, cut))}\r\n ${word('EUC-KR', bytes.subarray(cut))}`;
      expect(decodeHeader(broken)).toBe('환불 요청드립니다');
    }
  });

  test('base64 cut anywhere, a missing end, blanks in a Q word, and no space between words', () => {
    const base64 = Buffer.from('문의드립니다').toString('base64');
    expect(decodeHeader(`=?utf-8?B?${base64.slice(0, 5)}?= =?utf-8?B?${base64.slice(5)}?=`)).toBe('문의드립니다');
    expect(decodeHeader(`=?utf-8?B?${base64}`)).toBe('문의드립니다');
    expect(decodeHeader('=?utf-8?Q?Re: =EB=AC=B8=EC=9D=98 hello?=')).toBe('Re: 문의 hello');
    expect(decodeHeader(`[안내]=?utf-8?B?${base64}?==?utf-8?B?${base64}?=`.replace('안내', 'x'))).toBe(
      '[x]문의드립니다문의드립니다',
    );
    expect(decodeHeader('plain =?broken text?')).toBe('plain =?broken text?');
  });

  test('a raw 8-bit subject is read, folded lines are one', async () => {
    const subject = Buffer.concat([
      Buffer.from('Subject: '),
      cp949('배송 문의'),
      Buffer.from('\r\n '),
      cp949('입니다'),
    ]);
    expect((await parse([FROM, subject])).subject).toBe('배송 문의 입니다');
  });

  test('encoded texts come back whatever they are', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'가나다똠 AB=?_9'), minLength: 1, maxLength: 30 })
      .map((it) => it.replaceAll(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(text, fc.boolean(), (it, korean) => {
        const header = korean ? word('cp949', cp949(it)) : word('UTF-8', Buffer.from(it));
        expect(decodeHeader(header)).toBe(it.replaceAll(/\s+/g, ' '));
      }),
    );
  });

  test('ten thousand recipients, a date of 1970 or 2099, and no sender', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `u${i}@example.com`).join(',\r\n ');
    const mail = await parse([`To: ${many}`, 'Date: Thu, 01 Jan 1970 00:00:00 +0000'], '안녕하세요');
    expect(mail).toMatchObject({ from: null, date: null, text: '안녕하세요' });
    expect(mail.to).toHaveLength(50);
    expect((await parse(['Date: Tue, 01 Dec 2099 00:00:00 +0900'])).date).toBeNull();
    expect((await parse(['Date: Mon, 30 Nov 2026 11:59:00 +0900'])).date).toEqual(new Date('2026-11-30T02:59:00Z'));
  });
});

describe('files', () => {
  const attached = (disposition: Buffer | string, type = 'Content-Type: application/octet-stream') =>
    parse(
      [FROM, 'Content-Type: multipart/mixed; boundary=b'],
      Buffer.concat([
        Buffer.from(`--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\n${type}\r\n`),
        Buffer.from(disposition as string),
        Buffer.from('\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--\r\n'),
      ]),
    );
  const nameOf = async (disposition: Buffer | string) => (await attached(disposition)).files[0]?.name;

  test('names in pieces and with a charset, as words, as raw bytes, decomposed as on a Mac', async () => {
    const percent = [...cp949('교환 신청서.pdf')].map((byte) => `%${byte.toString(16)}`).join('');
    expect(await nameOf(`Content-Disposition: attachment; filename*=euc-kr'ko'${percent}`)).toBe('교환 신청서.pdf');
    const cut = percent.length - (percent.length % 3) - 9;
    expect(
      await nameOf(
        `Content-Disposition: attachment;\r\n filename*0*=euc-kr''${percent.slice(0, cut)};\r\n filename*1*=${percent.slice(cut)}`,
      ),
    ).toBe('교환 신청서.pdf');
    expect(await nameOf(`Content-Disposition: attachment; filename="${word('euc-kr', cp949('영수증.jpg'))}"`)).toBe(
      '영수증.jpg',
    );
    expect(
      await nameOf(
        Buffer.concat([
          Buffer.from('Content-Disposition: attachment; filename="'),
          cp949('사진.png'),
          Buffer.from('"'),
        ]),
      ),
    ).toBe('사진.png');
    expect(await nameOf(`Content-Disposition: attachment; filename="${'한글.txt'.normalize('NFD')}"`)).toBe('한글.txt');
  });

  test('no name leads out of its folder, hides its ending or is too long', () => {
    expect(fileName('../../etc/passwd', 'x/y', 0)).toBe('passwd');
    expect(fileName('C:\\temp\\사진.jpg', 'x/y', 0)).toBe('사진.jpg');
    expect(fileName('계약\u202Egnp.exe', 'x/y', 0)).toBe('계약gnp.exe');
    expect(fileName('..', 'image/png', 2)).toBe('첨부3.png');
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (given) => {
        const name = fileName(given, 'text/plain', 0);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(150);
        expect(name).not.toMatch(/[/\\\0\n\r]|^\./);
      }),
    );
  });

  test('parameters survive quotes, semicolons in them, and nonsense', () => {
    expect(readStructured('text/plain; name="a;b.txt"; charset=utf-8').params).toMatchObject({
      name: 'a;b.txt',
      charset: 'utf-8',
    });
    expect(readStructured(';;;=;"').params).toEqual({});
    expect(readStructured('a/b; __proto__=x').params).toHaveProperty('__proto__', 'x');
  });

  test('an inline image keeps the id by which the HTML names it', async () => {
    const mail = await parse(
      [FROM, 'Content-Type: multipart/related; boundary=b'],
      '--b\nContent-Type: text/html; charset=utf-8\n\n<p>사진입니다</p><img src="cid:i1@x">\n--b\nContent-Type: image/png\nContent-ID: <i1@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n',
    );
    expect(mail).toMatchObject({ text: '사진입니다', files: [{ cid: 'i1@x', inline: true, name: '첨부1.png' }] });
    expect(mail.html).toContain('data-cid="i1@x"');
  });
});

describe('broken structure', () => {
  test('a boundary that never comes leaves the text readable', async () => {
    const mail = await parse([FROM, 'Content-Type: multipart/mixed; boundary="never"'], '본문은 여기 있습니다');
    expect(mail).toMatchObject({ text: '본문은 여기 있습니다', problems: ['no_boundary'] });
  });

  test('a missing last boundary loses no attachment', async () => {
    const mail = await parse(
      [FROM, 'Content-Type: multipart/mixed; boundary=b'],
      '--b\nContent-Type: text/plain; charset=utf-8\n\n본문\n--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQ=\n',
    );
    expect(mail.text).toBe('본문');
    expect(mail.files.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([['a.pdf', '%PDF-1.4']]);
  });

  test('a line of a megabyte, a thousand parts and a header without end are read in a moment', async () => {
    const began = performance.now();
    expect((await parse([FROM], `${'가'.repeat(350_000)}`)).problems).toEqual(['long_text']);
    await parse([FROM, 'Content-Transfer-Encoding: quoted-printable'], `${' '.repeat(1_000_000)}x`);
    const parts = '--b\nContent-Type: text/plain\n\nx\n'.repeat(1_000);
    await parse([FROM, 'Content-Type: multipart/mixed; boundary=b'], parts);
    await parseMail(Buffer.from(`Subject: ${'x'.repeat(3_000_000)}`), NOW);
    await parse([FROM, 'Content-Type: text/html'], '<div>'.repeat(100_000));
    await parse([`${FROM}`, `Subject: ${'=?utf-8?Q?'.repeat(50_000)}`]);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('any bytes are a message', async () => {
    const line = fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b',
      '--b',
      '--b--',
      '',
      'Subject: =?x?B?',
      'Content-Transfer-Encoding: base64',
      'From: <a@b',
      '\0\u0080',
      'ㅁ',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(line, fc.string({ maxLength: 20 })), { maxLength: 25 }), async (lines) => {
        const mail = await parseMail(Buffer.from(lines.join('\r\n')), NOW);
        expect(typeof mail.text).toBe('string');
        expect(JSON.stringify([mail.text, mail.subject, mail.quoted])).not.toContain('\\u0000');
      }),
      { numRuns: 200 },
    );
  });
});
