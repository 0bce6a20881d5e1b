// Starts the backend of the folder it is given, says so, and waits until it is ended.
import { setTimeout as wait } from 'node:timers/promises';
import { createBackendHost } from '../../../src/node/backend/host.ts';

const [root = '', module = '', python = ''] = process.argv.slice(2);
const host = createBackendHost(root, { python, endsOnSignals: true });
await host.start({ args: ['-m', module], cwd: '', pythonPath: [''], env: { PORT: String(await host.freePort()) } });
console.log('started');
await wait(60_000);
