import { callOperation, type OutputOf } from '#platform/web.ts';

type Part = OutputOf<'audit.readExport'>;

/** Fetches an exported file part by part and hands it to the browser. */
export async function fetchExport(jobId: string): Promise<void> {
  const parts: string[] = [];
  let part: Part | null = null;
  do {
    const next: number = part?.next ?? 0;
    part = (await callOperation('audit.readExport', { jobId, part: next })) as Part;
    parts.push(part.text);
  } while (part.next !== null);
  const address = URL.createObjectURL(new Blob(parts, { type: part.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = part.name;
  link.click();
  URL.revokeObjectURL(address);
}
