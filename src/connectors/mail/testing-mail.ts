import iconv from 'iconv-lite';

/** Raw bytes of a message: header lines and body, each line ended as on the wire. `body` may be bytes. */
export function rawMail(headers: readonly (string | Buffer)[], body: string | Buffer = ''): Buffer {
  const lines = headers.map((line) => Buffer.concat([Buffer.from(line as string), Buffer.from('\r\n')]));
  const text = typeof body === 'string' ? Buffer.from(body.replaceAll(/\r?\n/g, '\r\n')) : body;
  return Buffer.concat([...lines, Buffer.from('\r\n'), text]);
}

export const cp949 = (text: string): Buffer => iconv.encode(text, 'cp949');
/** An encoded word of RFC 2047. */
export const word = (charset: string, bytes: Buffer): string => `=?${charset}?B?${bytes.toString('base64')}?=`;

/** KS X 1001 text in ISO-2022-KR. */
export function iso2022kr(text: string): Buffer {
  const out: number[] = [0x1b, 0x24, 0x29, 0x43];
  let korean = false;
  for (const byte of iconv.encode(text, 'euc-kr')) {
    const high = byte >= 0x80;
    if (high !== korean) out.push(high ? 0x0e : 0x0f);
    korean = high;
    out.push(byte & 0x7f);
  }
  return Buffer.from([...out, ...(korean ? [0x0f] : [])]);
}
