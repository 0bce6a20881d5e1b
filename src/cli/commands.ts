import type { Command } from './command.ts';
import { applyCommand } from './apply.ts';
import { inventoryCommand } from './inventory.ts';
import { planCommand } from './plan.ts';
import { referencesCommand } from './references.ts';
import { restoreCommand } from './restore.ts';
import { statusCommand } from './status.ts';

export const commands: readonly Command[] = [
  inventoryCommand,
  referencesCommand,
  planCommand,
  applyCommand,
  restoreCommand,
  statusCommand,
];
