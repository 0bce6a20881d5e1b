import { checkNames, checkTitles, verifyMarkdown, type CheckName, type VerifyReport } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import type { Found, Verifications } from './verifications.ts';

/** All that is known of a folder, in Markdown; what is out of date is named. `undefined` while nothing was verified. */
export function reportOf(folder: FolderModel, verifications: Verifications): string | undefined {
  const found = checkNames.flatMap((name): (readonly [CheckName, Found])[] => {
    const one = verifications.found(folder, name);
    return one === undefined ? [] : [[name, one]];
  });
  if (found.length === 0) return undefined;
  const results: VerifyReport = Object.fromEntries(found.map(([name, { result }]) => [name, result]));
  const over = found.filter(([, { moment }]) => moment.changed.size > 0).map(([name]) => checkTitles[name]);
  const note = over.length === 0 ? '' : `Out of date, since files changed: ${over.join(', ')}.\n\n`;
  return `# Verification of ${folder.folder.name}\n\n${note}${verifyMarkdown(results)}`;
}
