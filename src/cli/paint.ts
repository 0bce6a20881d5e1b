import { styleText } from 'node:util';
import type { Paint, Role } from '../engine/index.ts';

const styles: Readonly<Record<Role, Parameters<typeof styleText>[0]>> = {
  heading: 'bold',
  good: 'green',
  bad: 'red',
  faint: 'dim',
};

/** For a terminal that shows colours: whoever calls this has made sure of it. */
export const terminalPaint: Paint = (role, text) => styleText(styles[role], text, { validateStream: false });
