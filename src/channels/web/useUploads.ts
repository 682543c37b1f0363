import { useState } from 'react';
import { useCommand } from '#platform/web.ts';
import { tell } from '#ui/index.tsx';

/** Sends files one after another and puts them to the next reply; what fails says why and keeps the others. */
export function useUploads(ticket: string) {
  const attach = useCommand('channels.attach');
  const [sending, setSending] = useState(0);
  async function sendOne(file: File): Promise<void> {
    const response = await fetch(`/files?name=${encodeURIComponent(file.name || 'image.png')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    const answer = (await response.json()) as { id?: string; title?: string };
    if (!answer.id) throw new Error(answer.title ?? String(response.status));
    await attach.mutateAsync({ ticket, upload: answer.id });
  }
  async function send(files: readonly File[]): Promise<void> {
    setSending((now) => now + files.length);
    for (const file of files) {
      await sendOne(file).catch((error: Error) => tell(`${file.name}: ${error.message}`, { tone: 'danger' }));
      setSending((now) => now - 1);
    }
  }
  return { sending, send };
}
