import { writeFile } from 'node:fs/promises';
import { absolute, madePages } from './docs/index.ts';

/** `npm run docs`: writes the pages that are made from package.json and the source. */
for (const [page, text] of await madePages()) await writeFile(absolute(page), text);
