import type { FileSystem } from '../../src/engine/index.ts';
import { EngineError } from '../../src/engine/index.ts';

/** A workspace in memory: paths with `/` to text or bytes. Change `files` and tell the session. */
export class MemoryFiles implements FileSystem {
  readonly files: Map<string, string | Uint8Array>;
  /** Paths read since the last {@link MemoryFiles.forgetReads}: shows that no more is done than a change needs. */
  reads: string[] = [];

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    this.files = new Map(Object.entries(files));
  }

  forgetReads(): void {
    this.reads = [];
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].sort());
  }

  read(path: string): Promise<Uint8Array> {
    this.reads.push(path);
    const content = this.files.get(path);
    if (content === undefined) return Promise.reject(new EngineError('unreadable', `${path} is not there.`));
    return Promise.resolve(typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }

  stat(path: string): Promise<{ kind: 'file' | 'directory' | 'missing'; size: number }> {
    const content = this.files.get(path);
    if (content !== undefined) return Promise.resolve({ kind: 'file', size: content.length });
    const isFolder = [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
    return Promise.resolve({ kind: isFolder ? 'directory' : 'missing', size: 0 });
  }
}
