import type { Command } from './command.ts';
import { applyCommand } from './apply.ts';
import { checkCommand } from './check.ts';
import { detectCommand } from './detect.ts';
import { inventoryCommand } from './inventory.ts';
import { planCommand } from './plan.ts';
import { referencesCommand } from './references.ts';
import { restoreCommand } from './restore.ts';
import { statusCommand } from './status.ts';
import { verifyCommand } from './verify.ts';

export const commands: readonly Command[] = [
  detectCommand,
  inventoryCommand,
  referencesCommand,
  planCommand,
  applyCommand,
  restoreCommand,
  checkCommand,
  verifyCommand,
  statusCommand,
];
