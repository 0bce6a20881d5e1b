import { randomInt } from 'node:crypto';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { EngineError } from '../../engine/index.ts';
import type { HttpAnswer } from '../../engine/index.ts';

const HOST = '127.0.0.1';
/** In bytes; what a backend tells beyond that is not read. */
const MOST_BYTES = 16 << 20;

/** Below what systems give to outgoing connections: such a one may take a port between our look and the backend's. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

/** Gives ports that nobody listens on, none twice: another program could still take one before it is used. */
export class FreePorts {
  readonly #given = new Set<number>();

  async next(): Promise<number> {
    for (let tries = 0; tries < 1000; tries++) {
      const port = randomInt(FIRST_PORT, LAST_PORT);
      if (this.#given.has(port) || !(await isFree(port))) continue;
      this.#given.add(port);
      return port;
    }
    throw new EngineError('backend', 'Cannot start a backend: no port of this machine is free.');
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, HOST, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** One GET; `undefined` when nobody answers whole within the limit, in milliseconds. */
export function get(port: number, path: string, limitMs: number): Promise<HttpAnswer | undefined> {
  return new Promise((resolve) => {
    const asked = request(
      { host: HOST, port, path, agent: false, signal: AbortSignal.timeout(Math.max(1, limitMs)) },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MOST_BYTES) chunks.push(chunk);
          else asked.destroy();
        });
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
        answer.on('close', () => {
          // After `end` this says nothing; without it the answer broke off.
          resolve(undefined);
        });
        answer.on('error', () => {
          resolve(undefined);
        });
      },
    );
    asked.on('error', () => {
      // Refused, reset, timed out: nobody answers, or not yet.
      resolve(undefined);
    });
    asked.end();
  });
}
