import { callOperation, type InputOf, type OutputOf } from '#platform/web.ts';

const key = () => crypto.randomUUID();

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 32_768) parts.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  return btoa(parts.join(''));
}

/** Sends a file part by part; answers the import that it became. Throws `OperationError`. */
export async function sendFile(file: File, onProgress: (share: number) => void): Promise<string> {
  const begun = (await callOperation(
    'orders.beginImport',
    { name: file.name, bytes: file.size },
    { key: key() },
  )) as OutputOf<'orders.beginImport'>;
  for (let part = 0; part * begun.partBytes < file.size; part++) {
    const slice = file.slice(part * begun.partBytes, (part + 1) * begun.partBytes);
    const content = base64Of(new Uint8Array(await slice.arrayBuffer()));
    const input: InputOf<'orders.addImportPart'> = { import: begun.id, part, content };
    await callOperation('orders.addImportPart', input, { key: key() });
    onProgress(Math.min(1, ((part + 1) * begun.partBytes) / file.size));
  }
  return begun.id;
}

/** Fetches the workbook of failed rows and hands it to the browser. */
export async function fetchFailures(id: string): Promise<void> {
  const parts: BlobPart[] = [];
  let name = '';
  for (let part: number | null = 0; part !== null; ) {
    const got = (await callOperation('orders.readImportFailures', {
      import: id,
      part,
    })) as OutputOf<'orders.readImportFailures'>;
    parts.push(Uint8Array.from(atob(got.content), (sign) => sign.charCodeAt(0)));
    name = got.name;
    part = got.next;
  }
  const address = URL.createObjectURL(new Blob(parts));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
