import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const EVERY_MS = 150;

/** Hands on what is appended to a file until the returned function is called, which hands on the rest. */
export function follow(file: string, print: (text: string) => void): () => void {
  let offset = 0;
  const buffer = Buffer.alloc(1 << 16);
  const decoder = new TextDecoder();
  const pass = (): void => {
    if (!existsSync(file)) return;
    const handle = openSync(file, 'r');
    for (let read; (read = readSync(handle, buffer, 0, buffer.length, offset)) > 0; offset += read) {
      print(decoder.decode(buffer.subarray(0, read), { stream: true }));
    }
    closeSync(handle);
  };
  const timer = setInterval(pass, EVERY_MS);
  return () => {
    clearInterval(timer);
    pass();
  };
}
